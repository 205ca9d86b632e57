/** @file safetensors: named tensors and text in one file, as Python's library of that name reads and writes. */
import { sizeOf } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";

/** A tensor as it lies in a file. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export interface SafetensorsFile {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const LENGTH_BYTES = 8;
/** The format's own limit for a header. */
const LARGEST_HEADER = 100_000_000;

function dtypeOf({ values }: StoredTensor): string {
  if (values instanceof Float32Array) return "F32";
  return values instanceof Int32Array ? "I32" : "U8";
}

/** Widens what other programs write to the arrays that Holdout has. */
const readers: Readonly<Record<string, (bytes: ArrayBuffer) => StoredTensor["values"]>> = {
  F32: (bytes) => new Float32Array(bytes),
  F64: (bytes) => Float32Array.from(new Float64Array(bytes)),
  I32: (bytes) => new Int32Array(bytes),
  U8: (bytes) => new Uint8Array(bytes),
};

/** The format is little-endian, and so is every machine that WebAssembly runs on fast. */
const bytesOf = (values: StoredTensor["values"]): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/**
 * The bytes of a file: 8 bytes with the header's length, the header as JSON, then the values. The
 * header is padded with spaces, so that values are aligned to 8 bytes.
 *
 * @see Hugging Face, Safetensors: format, 2023
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = tensors.map((tensor): [string, HeaderEntry] => {
    const start = offset;
    offset += tensor.values.byteLength;
    const { shape } = tensor;
    return [tensor.name, { dtype: dtypeOf(tensor), shape, data_offsets: [start, offset] }];
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const encoded = new TextEncoder().encode(text);
  const headerLength = Math.ceil(encoded.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerLength);
  file.set(encoded, LENGTH_BYTES);
  let place = LENGTH_BYTES + headerLength;
  for (const { values } of tensors) {
    file.set(bytesOf(values), place);
    place += values.byteLength;
  }
  return file;
}

function readHeader(who: string, file: Uint8Array): { header: object; start: number } {
  const refuse = (got: string): UsageError =>
    new UsageError(`${who}: must be a safetensors file; got ${got}. Check that it is whole.`);
  if (file.length < LENGTH_BYTES) throw refuse(`${file.length} bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  if (length > LARGEST_HEADER || start > file.length) {
    throw refuse(`a header of ${length} bytes in a file of ${file.length}`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, start));
    return { header: JSON.parse(text) as object, start };
  } catch {
    throw refuse("a header that is not JSON");
  }
}

/** Throws unless the entry says what a tensor is and where its values lie. */
function checkEntry(
  who: string,
  name: string,
  { entry, size }: { entry: HeaderEntry; size: number },
) {
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!Object.hasOwn(readers, dtype)) {
    const known = Object.keys(readers).join(", ");
    throw new UsageError(`${who}: ${name} must have one of the types ${known}; got ${dtype}.`);
  }
  const width = { F32: 4, F64: 8, I32: 4, U8: 1 }[dtype] ?? 0;
  const [from, to] = offsets;
  if (from < 0 || to > size || to - from !== sizeOf(shape) * width) {
    throw new UsageError(
      `${who}: ${name} must have ${sizeOf(shape) * width} bytes within the file's ${size}; ` +
        `got those from ${from} to ${to}. Check that the file is whole.`,
    );
  }
}

/**
 * Reads a file. Values of float64 are rounded to float32.
 *
 * @param who - subject of the sentences: the file's name
 * @throws UsageError if it is not a safetensors file, is cut off or has tensors of other types
 */
export function decodeSafetensors(who: string, file: Uint8Array): SafetensorsFile {
  const { header, start } = readHeader(who, file);
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, HeaderEntry> & {
    __metadata__?: Record<string, string>;
  };
  const size = file.length - start;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    checkEntry(who, name, { entry, size });
    const [from, to] = entry.data_offsets;
    // A copy, because values need not be aligned in the file; Node's Buffer.slice would make none.
    const { buffer } = new Uint8Array(file.subarray(start + from, start + to));
    return { name, shape: entry.shape, values: readers[entry.dtype](buffer) };
  });
  return { tensors, metadata };
}
