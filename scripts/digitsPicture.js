/**
 * @file Draws docs/pictures/digits.png: the first rows of each digit of the default digits data set.
 *
 * Usage: npm run build && node scripts/digitsPicture.js
 */
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { digits } from "../dist/data/index.js";

const COLUMNS = 16;
const PIXELS = 28;
const GAP = 2;
const GAP_GREY = 96;
const ZOOM = 2;

/** One part of a PNG file: length, type, content, checksum. */
function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A PNG file of 8-bit greys; `grey(x, y)` gives a pixel. */
function png(width, height, grey) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  // Each line begins with 0: no filter.
  const line = (y) => [0, ...Array.from({ length: width }, (_, x) => grey(x, y))];
  const lines = Buffer.from(Array.from({ length: height }, (_, y) => line(y)).flat());
  const signature = Buffer.from([0x89, ...Buffer.from("PNG\r\n\x1a\n", "latin1")]);
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

const data = digits({ rows: 1000 });
const rowsOf = (digit) => [...data.labels.keys()].filter((row) => data.labels[row] === digit);
const rows = Array.from({ length: data.classes }, (_, digit) => rowsOf(digit).slice(0, COLUMNS));
const pitch = PIXELS + GAP;

function grey(x, y) {
  const [column, left] = [Math.floor(x / pitch), (x % pitch) - GAP];
  const [digit, top] = [Math.floor(y / pitch), (y % pitch) - GAP];
  if (left < 0 || top < 0) return GAP_GREY;
  return data.features[(rows[digit][column] * PIXELS + top) * PIXELS + left];
}

const [width, height] = [COLUMNS * pitch + GAP, data.classes * pitch + GAP];
const zoomed = (x, y) => grey(Math.floor(x / ZOOM), Math.floor(y / ZOOM));
const picture = new URL("../docs/pictures/digits.png", import.meta.url);
writeFileSync(picture, png(ZOOM * width, ZOOM * height, zoomed));
