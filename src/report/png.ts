/** @file Greyscale bytes as a PNG file in a data address. */
import { zlibSync } from "fflate";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const POLYNOMIAL = 0xedb88320;

/** The checksum of a chunk: CRC-32 as the PNG specification has it. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Length, type, data, checksum of type and data. */
function chunk(type: string, data: Uint8Array): readonly number[] {
  const typed = Uint8Array.from([...Array.from(type, (letter) => letter.charCodeAt(0)), ...data]);
  return [...bigEndian(data.length), ...typed, ...bigEndian(checksum(typed))];
}

/** Each line of pixels begins with the kind of its filter: 0, none. */
function withFilters(pixels: Uint8Array, width: number): Uint8Array {
  const lines = Array.from({ length: pixels.length / width }, (_, y) => [
    0,
    ...pixels.subarray(y * width, (y + 1) * width),
  ]);
  return Uint8Array.from(lines.flat());
}

/**
 * An image of one channel as "data:image/png;base64,...".
 *
 * @param pixels - bytes in base64, [height, width]; 0 is black
 * @see W3C, Portable Network Graphics (PNG) Specification, third edition, 2025
 */
export function greyPng(pixels: string, [height, width]: readonly [number, number]): string {
  const bytes = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const depthAndKind = [8, 0, 0, 0, 0];
  const header = Uint8Array.from([...bigEndian(width), ...bigEndian(height), ...depthAndKind]);
  const file = [
    ...SIGNATURE,
    ...chunk("IHDR", header),
    ...chunk("IDAT", zlibSync(withFilters(bytes, width), { level: 9 })),
    ...chunk("IEND", new Uint8Array()),
  ];
  return `data:image/png;base64,${btoa(String.fromCharCode(...file))}`;
}
