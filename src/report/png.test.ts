/** @file Expected: the PNG specification, as Node's zlib and its CRC-32 read the file. */
import { crc32, inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { greyPng } from "./png.js";

/** Type, data and checksum of every chunk. */
function chunksOf(file: Buffer) {
  const chunks: { type: string; data: Buffer; intact: boolean }[] = [];
  for (let start = 8; start < file.length;) {
    const length = file.readUInt32BE(start);
    const typed = file.subarray(start + 4, start + 8 + length);
    const intact = file.readUInt32BE(start + 8 + length) === crc32(typed);
    chunks.push({ type: typed.toString("latin1", 0, 4), data: typed.subarray(4), intact });
    start += 12 + length;
  }
  return chunks;
}

it("is a PNG file of one channel whose lines are the bytes", () => {
  const pixels = Buffer.from([0, 50, 100, 150, 200, 255]);
  const [head, body] = greyPng(pixels.toString("base64"), [2, 3]).split(",");
  expect(head).toBe("data:image/png;base64");
  const file = Buffer.from(body, "base64");
  expect(file.subarray(0, 8)).toEqual(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const chunks = chunksOf(file);
  expect(chunks.map(({ type, intact }) => [type, intact])).toEqual([
    ["IHDR", true],
    ["IDAT", true],
    ["IEND", true],
  ]);
  expect([...chunks[0].data]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
  expect([...inflateSync(chunks[1].data)]).toEqual([0, 0, 50, 100, 0, 150, 200, 255]);
});
