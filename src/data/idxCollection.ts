/** @file The four files of MNIST and its relatives: from a given folder, else the cache, else downloaded; verified. */
import { UsageError } from "../util/index.js";
import type { DataAccess, DataFolder, NamedFile } from "./access.js";
import type { LabelledDataset } from "./dataset.js";
import { download } from "./download.js";
import { gunzip, idxDataset } from "./idx.js";
import { sha256 } from "./sha256.js";

const FILE_NAMES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

export type IdxFileName = (typeof FILE_NAMES)[number];

/** A data set that is published as four IDX files under MNIST's names. */
export interface IdxCollection {
  /** Also the name of its folder in the cache, and of its subfolder in a given folder. */
  readonly name: string;
  /** The name in messages. */
  readonly title: string;
  readonly classes: number;
  /** Addresses that end in "/" and hold the four files, each with ".gz" appended to its name. */
  readonly mirrors: readonly string[];
  /** SHA-256 of each file, uncompressed. */
  readonly checksums: Readonly<Record<IdxFileName, string>>;
}

export interface IdxParts {
  readonly train: LabelledDataset;
  readonly test: LabelledDataset;
}

type Find = (name: IdxFileName) => Promise<NamedFile>;

/**
 * Loads the collection and verifies the SHA-256 of each file's uncompressed content.
 *
 * A given folder must hold the four files itself or in the collection's subfolder, gzipped or not;
 * then nothing is downloaded. Otherwise each file comes from the cache, else from the mirrors.
 *
 * @throws UsageError if a given folder lacks files, no mirror delivers one, or a file is damaged or
 * is not the collection's.
 */
export async function loadIdxCollection(
  collection: IdxCollection,
  access: DataAccess,
): Promise<IdxParts> {
  const find: Find =
    access.givenFolder === undefined
      ? (name) => cachedFile(collection, name, access)
      : await givenFiles(collection, access.givenFolder, access.folderSetting);
  return {
    train: await readPart(collection, "train", find),
    test: await readPart(collection, "t10k", find),
  };
}

async function readPart(
  collection: IdxCollection,
  part: "train" | "t10k",
  find: Find,
): Promise<LabelledDataset> {
  const unpacked = async (name: IdxFileName): Promise<NamedFile> => {
    const file = await find(name);
    return { name: file.name, bytes: await gunzip(file) };
  };
  const images = await unpacked(`${part}-images-idx3-ubyte`);
  const labels = await unpacked(`${part}-labels-idx1-ubyte`);
  const { name, classes } = collection;
  const data = idxDataset({ name, images, labels, classes });
  // Only now, because the reader's sentences say better what is wrong with a damaged file.
  await verify(images, collection.checksums[`${part}-images-idx3-ubyte`]);
  await verify(labels, collection.checksums[`${part}-labels-idx1-ubyte`]);
  return data;
}

async function verify(file: NamedFile, checksum: string): Promise<void> {
  const found = await sha256(file.bytes);
  if (found === checksum) return;
  throw new UsageError(
    `${file.name}: the uncompressed content must have SHA-256 ${checksum}; got ${found}. ` +
      "Delete it, or replace it with the original.",
  );
}

/** The first of `paths` that exists in the folder. */
async function firstFile(
  folder: DataFolder,
  paths: readonly string[],
): Promise<NamedFile | undefined> {
  for (const path of paths) {
    const bytes = await folder.read(path);
    if (bytes !== undefined) return { name: folder.locate(path), bytes };
  }
  return undefined;
}

async function givenFiles(
  { name, title }: IdxCollection,
  folder: DataFolder,
  setting: string,
): Promise<Find> {
  const found = FILE_NAMES.map(async (file) => {
    const paths = [`${name}/${file}`, `${name}/${file}.gz`, file, `${file}.gz`];
    return [file, await firstFile(folder, paths)] as const;
  });
  const files = Object.fromEntries(await Promise.all(found));
  const missing = FILE_NAMES.filter((file) => files[file] === undefined);
  if (missing.length > 0) {
    throw new UsageError(
      `${title}: the folder named by ${setting} must hold ${missing.join(", ")} (with or without .gz); ` +
        `looked in ${folder.locate(name)} and ${folder.locate(".")}. ` +
        `Put the files there, or unset ${setting} to have them downloaded.`,
    );
  }
  const complete = files as Record<IdxFileName, NamedFile>;
  return (file) => Promise.resolve(complete[file]);
}

async function cachedFile(
  collection: IdxCollection,
  file: IdxFileName,
  access: DataAccess,
): Promise<NamedFile> {
  const { name, mirrors, checksums } = collection;
  // NOTE: where a server unpacks on the way, this file is plain; reading goes by content, not by name.
  const path = `${name}/${file}.gz`;
  const cached = access.cache && (await firstFile(access.cache, [path]));
  if (cached !== undefined) return cached;
  const bytes = await download(
    {
      name: `${file}.gz`,
      urls: mirrors.map((mirror) => `${mirror}${file}.gz`),
      verify: async (delivered) => {
        const content = await gunzip({ name: "the file", bytes: delivered });
        await verify({ name: "the file", bytes: content }, checksums[file]);
      },
    },
    access,
  );
  await access.cache?.write(path, bytes);
  return { name: `${file}.gz`, bytes };
}
