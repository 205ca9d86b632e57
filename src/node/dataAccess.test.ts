/** @file Node's data access: which folders it means, whole files or none, and a real server on this machine. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mnist } from "../data/index.js";
import { cacheFolder, fileCache, fileFolder, nodeDataAccess } from "./dataAccess.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdout-data-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the folders", () => {
  const home = "/home/ann";
  test.each<[NodeJS.Platform, Record<string, string>, string]>([
    ["linux", {}, "/home/ann/.cache/holdout"],
    ["linux", { XDG_CACHE_HOME: "" }, "/home/ann/.cache/holdout"],
    ["linux", { XDG_CACHE_HOME: "/var/tmp/ann" }, "/var/tmp/ann/holdout"],
    ["darwin", { XDG_CACHE_HOME: "/ignored/there" }, "/home/ann/Library/Caches/holdout"],
    ["win32", {}, "/home/ann/AppData/Local/holdout"],
    ["win32", { LOCALAPPDATA: "/data/local" }, "/data/local/holdout"],
  ])("the cache on %s with %j is %s", (platform, environment, expected) => {
    expect(cacheFolder({ platform, environment, home })).toBe(join(expected));
  });

  test.each([{}, { HOLDOUT_DATA_DIR: "" }])("no folder is given with %j", (environment) => {
    expect(nodeDataAccess({ environment }).givenFolder).toBeUndefined();
  });

  test("the given folder is named by HOLDOUT_DATA_DIR", () => {
    const { givenFolder } = nodeDataAccess({ environment: { HOLDOUT_DATA_DIR: folder } });
    expect(givenFolder?.locate("mnist")).toBe(join(folder, "mnist"));
    expect(givenFolder?.locate(".")).toBe(folder);
  });
});

describe("reading", () => {
  test("gives the bytes of a file, and undefined where there is none", async () => {
    await writeFile(join(folder, "a"), "text");
    const files = fileFolder(folder);
    expect(new TextDecoder().decode(await files.read("a"))).toBe("text");
    expect(await files.read("b")).toBeUndefined();
    expect(await files.read("a/below")).toBeUndefined();
    expect(await fileFolder(join(folder, "none")).read("a")).toBeUndefined();
  });

  test("says which file it cannot read", async () => {
    await mkdir(join(folder, "a"));
    await expect(fileFolder(folder).read("a")).rejects.toThrow(
      `${join(folder, "a")}: the file must be readable; got EISDIR. Check its permissions.`,
    );
  });
});

describe("writing", () => {
  test("makes the folders and leaves nothing but the file", async () => {
    await fileCache(join(folder, "cache")).write("mnist/a.gz", Uint8Array.of(1, 2, 3));
    expect(await readdir(join(folder, "cache", "mnist"))).toEqual(["a.gz"]);
    expect([...(await readFile(join(folder, "cache", "mnist", "a.gz")))]).toEqual([1, 2, 3]);
  });

  test("leaves no half-written file when it fails", async () => {
    // A folder in the file's place: everything works but the last step.
    await mkdir(join(folder, "mnist", "a.gz"), { recursive: true });
    const writing = fileCache(folder).write("mnist/a.gz", Uint8Array.of(1));
    await expect(writing).rejects.toThrow(
      `${join(folder, "mnist", "a.gz")}: the cache folder must be writable; got `,
    );
    expect(await readdir(join(folder, "mnist"))).toEqual(["a.gz"]);
  });

  test("says what stands in the way of the cache folder", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(fileCache(join(folder, "file")).write("a", Uint8Array.of(1))).rejects.toThrow(
      /the cache folder must be writable; got (ENOTDIR|EEXIST)\. .* HOLDOUT_DATA_DIR\.$/,
    );
  });
});

describe("the network", () => {
  /** Serves on this machine for as long as `use` takes. */
  async function withServer(
    listener: RequestListener,
    use: (url: string) => Promise<void>,
  ): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await use(`http://127.0.0.1:${port}/file.gz`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  test("is the platform's own fetch", async () => {
    const { fetch } = nodeDataAccess({ environment: {} });
    await withServer(
      (_request, response) => response.end("content"),
      async (url) => expect(await (await fetch(url)).text()).toBe("content"),
    );
  });

  test.each<[string, RequestListener]>([
    [
      "breaks off",
      (_request, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write("half", () => response.destroy());
      },
    ],
    ["delivers something else", (_request, response) => response.end("<html>")],
    ["has no such file", (_request, response) => response.writeHead(404).end()],
  ])("leaves no file behind when each mirror %s", async (_what, listener) => {
    await withServer(listener, async (url) => {
      const reported: string[] = [];
      const access = nodeDataAccess({
        environment: { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder },
        platform: "linux",
        fetch: () => fetch(url),
        onDownload: ({ kind }) => reported.push(kind),
      });
      await expect(mnist(access)).rejects.toThrow("one of 2 mirrors must deliver it; none did");
      expect(reported.filter((kind) => kind === "mirrorFailed")).toHaveLength(1);
      expect(await readdir(folder, { recursive: true })).toEqual([]);
    });
  });
});
