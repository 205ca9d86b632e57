/** @file Where a collection's files come from, in which order, and what is said when they are not right. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Bytes, DataAccess, DataCache } from "./access.js";
import { loadIdxCollection, type IdxCollection, type IdxFileName } from "./idxCollection.js";

const CONTENTS: Readonly<Record<IdxFileName, Bytes>> = {
  "train-images-idx3-ubyte": Uint8Array.from([
    ...[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1],
    ...[100, 200],
  ]),
  "train-labels-idx1-ubyte": Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]),
  "t10k-images-idx3-ubyte": Uint8Array.from([
    ...[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
    50,
  ]),
  "t10k-labels-idx1-ubyte": Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 1, 1]),
};
const NAMES = Object.keys(CONTENTS) as IdxFileName[];

const hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const zip = (bytes: Uint8Array): Bytes => Uint8Array.from(gzipSync(bytes));
const checksums = Object.fromEntries(
  NAMES.map((name) => [name, hex(CONTENTS[name])]),
) as IdxCollection["checksums"];
const collection: IdxCollection = {
  name: "tiny",
  title: "Tiny",
  classes: 2,
  mirrors: ["https://a/", "https://b/"],
  checksums,
};

type Files = Record<string, Bytes>;

/** A folder in memory. */
const folder = (files: Files): DataCache => ({
  locate: (path) => (path === "." ? "/f" : `/f/${path}`),
  read: (path) => Promise.resolve(Object.hasOwn(files, path) ? files[path] : undefined),
  write: (path, bytes) => {
    files[path] = bytes;
    return Promise.resolve();
  },
});

const files = (name: (file: IdxFileName) => string, content = (bytes: Bytes) => bytes): Files =>
  Object.fromEntries(NAMES.map((file) => [name(file), content(CONTENTS[file])]));

/** A network that serves the zipped files at both mirrors, and counts. */
function online(access: Partial<DataAccess>): { access: DataAccess; asked: string[] } {
  const asked: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    asked.push(url);
    const name = url.replace(/^.*\/|\.gz$/g, "") as IdxFileName;
    return Promise.resolve(new Response(zip(CONTENTS[name])));
  };
  return { access: { folderSetting: "THE_FOLDER", fetch, ...access }, asked };
}

async function expectTiny(access: DataAccess): Promise<void> {
  const { train, test: held } = await loadIdxCollection(collection, access);
  expect([...train.features]).toEqual([100, 200]);
  expect([...train.labels]).toEqual([0, 1]);
  expect([...held.features]).toEqual([50]);
  expect([...held.labels]).toEqual([1]);
  expect(train.name).toBe("tiny");
}

describe("a given folder", () => {
  test.each<[string, Files]>([
    ["plain, in the subfolder", files((name) => `tiny/${name}`)],
    ["zipped, in the subfolder", files((name) => `tiny/${name}.gz`, zip)],
    ["plain, in the folder itself", files((name) => name)],
    ["zipped, in the folder itself", files((name) => `${name}.gz`, zip)],
  ])("is read without the network or the cache: %s", async (_what, given) => {
    const cached: Files = {};
    const { access, asked } = online({ givenFolder: folder(given), cache: folder(cached) });
    await expectTiny(access);
    expect(asked).toEqual([]);
    expect(cached).toEqual({});
  });

  test("that lacks files is an error, never a download", async () => {
    const given = files((name) => name);
    delete given["t10k-images-idx3-ubyte"];
    delete given["train-labels-idx1-ubyte"];
    const { access, asked } = online({ givenFolder: folder(given) });
    await expect(loadIdxCollection(collection, access)).rejects.toThrow(
      "Tiny: the folder named by THE_FOLDER must hold train-labels-idx1-ubyte, " +
        "t10k-images-idx3-ubyte (with or without .gz); looked in /f/tiny and /f. " +
        "Put the files there, or unset THE_FOLDER to have them downloaded.",
    );
    expect(asked).toEqual([]);
  });

  const spoilt = (name: IdxFileName, bytes: Iterable<number>): DataAccess => {
    const given = { ...files((file) => file), [name]: Uint8Array.from(bytes) };
    return online({ givenFolder: folder(given) }).access;
  };

  test("with another file of the right form gives the checksum's sentence", async () => {
    const other = Uint8Array.from(CONTENTS["train-images-idx3-ubyte"]);
    other[17] = 201;
    const access = spoilt("train-images-idx3-ubyte", other);
    await expect(loadIdxCollection(collection, access)).rejects.toThrow(
      `/f/train-images-idx3-ubyte: the uncompressed content must have SHA-256 ` +
        `${checksums["train-images-idx3-ubyte"]}; got ${hex(other)}. ` +
        "Delete it, or replace it with the original.",
    );
  });

  test.each<[string, IdxFileName, Iterable<number>, string]>([
    ["a wrong magic number", "train-images-idx3-ubyte", [1, 2, 3, 4], "the magic number must be"],
    [
      "truncated gzip",
      "t10k-labels-idx1-ubyte",
      zip(CONTENTS["t10k-labels-idx1-ubyte"]).subarray(0, -3),
      "the gzip data must be complete and intact",
    ],
    [
      "a label out of range",
      "train-labels-idx1-ubyte",
      [0, 0, 8, 1, 0, 0, 0, 2, 0, 2],
      "the label of row 1 must be a whole number in [0, 1]; got 2",
    ],
  ])("says what is wrong rather than that the checksum differs: %s", async (...row) => {
    const [, name, bytes, sentence] = row;
    const loading = loadIdxCollection(collection, spoilt(name, bytes));
    await expect(loading).rejects.toThrow(`/f/${name}: ${sentence}`);
  });
});

describe("without a given folder", () => {
  test("files are downloaded once, then come from the cache", async () => {
    const cached: Files = {};
    const { access, asked } = online({ cache: folder(cached) });
    await expectTiny(access);
    expect(asked).toEqual(NAMES.map((name) => `https://a/${name}.gz`));
    expect(Object.keys(cached)).toEqual(NAMES.map((name) => `tiny/${name}.gz`));
    await expectTiny(access);
    expect(asked).toHaveLength(4);
  });

  test("works without a cache too", () => expectTiny(online({}).access));

  test("a server that unpacks on the way does no harm", async () => {
    const cached: Files = {};
    const { access } = online({ cache: folder(cached) });
    const fetch = (url: string): Promise<Response> => {
      const name = url.replace(/^.*\/|\.gz$/g, "") as IdxFileName;
      return Promise.resolve(new Response(CONTENTS[name]));
    };
    await expectTiny({ ...access, fetch });
    await expectTiny({ ...access, fetch });
  });

  test("nothing of the wrong content reaches the cache", async () => {
    const cached: Files = {};
    const fetch = (): Promise<Response> => Promise.resolve(new Response(zip(new Uint8Array(20))));
    const { access } = online({ cache: folder(cached), fetch });
    await expect(loadIdxCollection(collection, access)).rejects.toThrow(
      "train-images-idx3-ubyte.gz: one of 2 mirrors must deliver it; none did (https://a/",
    );
    expect(cached).toEqual({});
  });

  test("a damaged file in the cache is named with its place", async () => {
    const cached = files((name) => `tiny/${name}.gz`, zip);
    cached["tiny/t10k-images-idx3-ubyte.gz"] = zip(Uint8Array.of(1, 2, 3, 4));
    const { access } = online({ cache: folder(cached) });
    await expect(loadIdxCollection(collection, access)).rejects.toThrow(
      "/f/tiny/t10k-images-idx3-ubyte.gz: the magic number must be 2051",
    );
  });
});
