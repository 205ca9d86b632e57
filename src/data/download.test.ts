/** @file Downloads from a pretended network: progress, the second mirror, and the sentence when all fail. */
import { describe, expect, test } from "vitest";
import type { DataAccess, DownloadEvent } from "./access.js";
import { download } from "./download.js";

const CONTENT = "the content";

/** Answers each address with what the table says; a function is called. */
function network(answers: Readonly<Record<string, () => Response | Promise<Response>>>): {
  access: DataAccess;
  events: DownloadEvent[];
  asked: string[];
} {
  const events: DownloadEvent[] = [];
  const asked: string[] = [];
  const access: DataAccess = {
    folderSetting: "THE_FOLDER",
    fetch: async (url) => {
      asked.push(url);
      return answers[url]();
    },
    onDownload: (event) => events.push(event),
  };
  return { access, events, asked };
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const verify = async (bytes: Uint8Array): Promise<void> => {
  await Promise.resolve();
  if (text(bytes) !== CONTENT) throw new Error("the checksum differs");
};
const file = { name: "file.gz", urls: ["https://a/file.gz", "https://b/file.gz"], verify };
const good = (headers?: HeadersInit): Response =>
  new Response(CONTENT, headers === undefined ? {} : { headers });

/** A body that arrives in two parts and then, if told so, breaks off. */
const inParts = (parts: readonly string[], broken = false): ReadableStream =>
  new ReadableStream({
    pull: (controller) => {
      const [part, ...rest] = parts;
      parts = rest;
      if (part !== undefined) controller.enqueue(new TextEncoder().encode(part));
      else if (broken) controller.error(new Error("terminated"));
      else controller.close();
    },
  });

test("reports bytes so far and in all, and does not touch the second mirror", async () => {
  const { access, events, asked } = network({
    "https://a/file.gz": () =>
      new Response(inParts(["the ", "content"]), { headers: { "content-length": "11" } }),
  });
  expect(text(await download(file, access))).toBe(CONTENT);
  const common = { kind: "progress", file: "file.gz", url: "https://a/file.gz", total: 11 };
  expect(events).toEqual([
    { ...common, bytes: 4 },
    { ...common, bytes: 11 },
  ]);
  expect(asked).toEqual(["https://a/file.gz"]);
});

test.each([
  ["says no length", undefined],
  ["packs the content on the way", { "content-length": "7", "content-encoding": "gzip" }],
])("knows no total when the server %s", async (_what, headers) => {
  const { access, events } = network({ "https://a/file.gz": () => good(headers) });
  await download(file, access);
  expect(events).toMatchObject([{ bytes: 11, total: undefined }]);
});

describe("a mirror that fails is reported before the next is tried", () => {
  test.each<[string, () => Response, string]>([
    ["an HTTP error", () => new Response("", { status: 503 }), "the server answered 503"],
    ["an answer without a body", () => new Response(null), "the server sent nothing"],
    ["other content", () => new Response("something else"), "the checksum differs"],
    ["a connection that breaks", () => new Response(inParts(["the "], true)), "terminated"],
    [
      "an answer that ends early",
      () => new Response("the", { headers: { "content-length": "11" } }),
      "the connection ended after 3 of 11 bytes",
    ],
    [
      "no connection",
      () => {
        throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND a") });
      },
      "getaddrinfo ENOTFOUND a",
    ],
  ])("%s", async (_what, answer, reason) => {
    const { access, events, asked } = network({
      "https://a/file.gz": answer,
      "https://b/file.gz": () => good(),
    });
    expect(text(await download(file, access))).toBe(CONTENT);
    expect(asked).toEqual(file.urls);
    expect(events.filter(({ kind }) => kind === "mirrorFailed")).toEqual([
      { kind: "mirrorFailed", file: "file.gz", url: asked[0], reason, next: asked[1] },
    ]);
  });
});

test("when all mirrors fail, one sentence names each with its reason and the way out", async () => {
  const { access, events } = network({
    "https://a/file.gz": () => new Response("", { status: 404 }),
    "https://b/file.gz": () => new Response("wrong"),
  });
  await expect(download(file, access)).rejects.toThrow(
    "file.gz: one of 2 mirrors must deliver it; none did (https://a/file.gz: the server answered 404; " +
      "https://b/file.gz: the checksum differs). Check the connection, or put the files into a " +
      "folder and name it in THE_FOLDER.",
  );
  expect(events.filter(({ kind }) => kind === "mirrorFailed")).toHaveLength(1);
});
