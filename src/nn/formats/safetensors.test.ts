/**
 * @file safetensors: round trips, a file written by hand from the format's description, and damaged files.
 * The description is https://github.com/huggingface/safetensors#format.
 */
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./safetensors.js";

const tensors: readonly StoredTensor[] = [
  { name: "bytes", shape: [3], values: Uint8Array.of(1, 2, 255) },
  { name: "dense_1/kernel", shape: [2, 2], values: Float32Array.of(0.1, -0, 1e-40, Infinity) },
  { name: "step", shape: [], values: Int32Array.of(-7) },
];
const metadata = { note: "ü", format: "x" };

/** A file as the description says, byte by byte. */
function byHand(header: string, body: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return Uint8Array.of(...length, ...text, ...body);
}

describe("safetensors", () => {
  it("gives back what it was given, to the bit", () => {
    expect(decodeSafetensors("f", encodeSafetensors({ tensors, metadata }))).toEqual({
      tensors,
      metadata,
    });
  });

  it("writes the header's length, the header as JSON, then the values in order", () => {
    const file = encodeSafetensors({ tensors: tensors.slice(0, 1), metadata: {} });
    const length = file[0];
    expect([...file.subarray(1, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
      __metadata__: {},
      bytes: { dtype: "U8", shape: [3], data_offsets: [0, 3] },
    });
    expect([...file.subarray(8 + length)]).toEqual([1, 2, 255]);
  });

  it("reads a file of another program, with tensors out of line and of float64", () => {
    const doubles = new Uint8Array(Float64Array.of(0.5, -2).buffer);
    const header =
      '{"b":{"dtype":"F64","shape":[2],"data_offsets":[1,17]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}';
    const { tensors: read } = decodeSafetensors("f", byHand(header, [9, ...doubles]));
    expect(read).toEqual([
      { name: "b", shape: [2], values: Float32Array.of(0.5, -2) },
      { name: "a", shape: [1], values: Uint8Array.of(9) },
    ]);
  });

  const whole = encodeSafetensors({ tensors, metadata });
  it.each([
    ["an empty file", new Uint8Array(0), "w.st: must be a safetensors file; got 0 bytes."],
    ["a cut header", whole.subarray(0, 40), "w.st: must be a safetensors file; got a header of"],
    ["cut values", whole.subarray(0, whole.length - 1), "step must have 4 bytes within the file's"],
    ["no JSON", byHand("{nonsense", []), "got a header that is not JSON"],
    [
      "a type that is not read",
      byHand('{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', [0, 0]),
      "w.st: a must have one of the types F32, F64, I32, U8; got BF16.",
    ],
    [
      "a size that is not the shape's",
      byHand('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', [0, 0, 0, 0]),
      "w.st: a must have 8 bytes within the file's 4; got those from 0 to 4.",
    ],
  ])("refuses %s", (_, file, sentence) => {
    expect(() => decodeSafetensors("w.st", file)).toThrow(sentence);
  });
});
