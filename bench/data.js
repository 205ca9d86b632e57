/** @file The rows of a work, written to files that peers in any language read. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { digits } from "../dist/node.js";

const COLUMNS = 60;

/** Mulberry32 (Tommy Ettinger, 2017): the table must be the same in every run. */
function uniforms(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two classes, told apart by the sign of a sum with one product in it. */
function table(rows) {
  const next = uniforms(1);
  const features = Float32Array.from({ length: rows * COLUMNS }, () => 2 * next() - 1);
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const at = (column) => features[row * COLUMNS + column];
    return Number(at(0) + at(1) - at(2) + at(3) * at(4) > 0);
  });
  return { features, labels, scale: 1, classes: 2 };
}

const makers = {
  digits: (rows, part) => digits({ rows, seed: 1, part }),
  table: (rows) => table(rows),
};

/**
 * @returns where the rows lie, as the peers get it: features as bytes or float32, labels as int32, in
 *   the order of this machine's bytes
 */
export function writeRows({ kind, rows }, { folder, name, part = "pool" }) {
  const { features, labels, scale, classes } = makers[kind](rows, part);
  const files = {
    features: join(folder, `${name}.features`),
    labels: join(folder, `${name}.labels`),
  };
  writeFileSync(files.features, features);
  writeFileSync(files.labels, labels);
  const dtype = features instanceof Uint8Array ? "uint8" : "float32";
  return { ...files, dtype, scale, classes, rows };
}
