/** @file Reads IDX, the format of MNIST and its relatives: a small header, then unsigned bytes; plain or gzipped. */
import { UsageError } from "../util/index.js";
import type { Bytes, NamedFile } from "./access.js";
import { dataset, type LabelledDataset } from "./dataset.js";
import { checkLabels } from "./datasetChecks.js";
import { sharedBytes, sharedIntegers } from "./sharedArrays.js";

const UNSIGNED_BYTE = 0x08;
const REPLACE = "Delete it, or replace it with the original.";

/** Values of one IDX file; `values` is a view of the file's own bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Unpacks a gzipped file; a file without gzip's signature comes back as it is.
 *
 * @throws UsageError if the data are truncated or damaged.
 */
export async function gunzip(file: NamedFile): Promise<Bytes> {
  if (file.bytes[0] !== 0x1f || file.bytes[1] !== 0x8b) return file.bytes;
  const unpacked = new Blob([file.bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw new UsageError(
      `${file.name}: the gzip data must be complete and intact; got ${file.bytes.length} bytes that ` +
        `end early or are damaged. ${REPLACE}`,
    );
  }
}

/**
 * Reads an IDX array of unsigned bytes.
 *
 * @param file - uncompressed; see {@link gunzip}
 * @param rank - how many dimensions it must have: 3 for images, 1 for labels.
 * @throws UsageError if the magic number or the number of bytes is wrong.
 * @see LeCun, Cortes, Burges, The MNIST database, "File formats for the MNIST database"
 */
export function readIdx(file: NamedFile, rank: number): IdxArray {
  const { name, bytes } = file;
  const headerLength = 4 + 4 * rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = (UNSIGNED_BYTE << 8) | rank;
  const found = bytes.length < 4 ? `only ${bytes.length} bytes` : view.getUint32(0);
  if (found !== magic) {
    throw new UsageError(
      `${name}: the magic number must be ${magic} (IDX, unsigned bytes, ${rank} dimensions); ` +
        `got ${found}. ${REPLACE}`,
    );
  }
  if (bytes.length < headerLength) {
    throw new UsageError(
      `${name}: the header must take ${headerLength} bytes; got ${bytes.length}. ${REPLACE}`,
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const wanted = headerLength + shape.reduce((a, b) => a * b, 1);
  if (bytes.length !== wanted) {
    throw new UsageError(
      `${name}: the file must have ${wanted} bytes, for ${shape.join(" x ")} values; ` +
        `got ${bytes.length}. ${REPLACE}`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}

/**
 * Makes a data set out of a file of images and a file of their labels, both uncompressed IDX.
 *
 * @returns features of shape [height, width] in bytes, to be scaled by 1 / 255.
 * @throws UsageError naming the file: see {@link readIdx}; if there are more images than labels or
 * fewer; if a label is not a class.
 */
export function idxDataset(options: {
  readonly name: string;
  readonly images: NamedFile;
  readonly labels: NamedFile;
  readonly classes: number;
}): LabelledDataset {
  const images = readIdx(options.images, 3);
  const labels = readIdx(options.labels, 1);
  if (images.shape[0] !== labels.shape[0]) {
    throw new UsageError(
      `${options.labels.name}: there must be one label for each of the ${images.shape[0]} images of ` +
        `${options.images.name}; got ${labels.shape[0]} labels. The files are not of one data set.`,
    );
  }
  const features = sharedBytes(images.values.length);
  features.set(images.values);
  const classes = sharedIntegers(labels.values.length);
  classes.set(labels.values);
  checkLabels(options.labels.name, classes, options.classes);
  return dataset({
    name: options.name,
    features,
    featureShape: images.shape.slice(1),
    scale: 1 / 255,
    labels: classes,
    classes: options.classes,
  });
}
