/** @file Packs a strip of an operand: lanes side by side, one step of the inner axis after the other. */
import type { MatrixOperand } from "../../kernel.js";
import type { FunctionBody, Local } from "../assembler.js";
import { LANES } from "../../layout.js";
import { BYTES } from "./plan.js";

export interface Packing {
  readonly operand: MatrixOperand;
  /** Address of the operand's element (0, 0). */
  readonly address: number;
  readonly inner: number;
  /** First lane: a row of a, a column of b. */
  readonly first: Local;
  readonly valid: number;
  /** Holds the address to which the strip is packed. */
  readonly target: Local;
  /** Bytes from one step of the inner axis to the next, in the target. */
  readonly step: number;
  /** Bytes from lanes that fill a step to the next ones, in the target. */
  readonly panelBytes: number;
}

/** Where a vector of lanes lies in the target, in bytes from the step. */
function vectorOffset({ step, panelBytes }: Packing, vector: number): number {
  const position = vector * LANES * BYTES;
  return Math.floor(position / step) * panelBytes + (position % step);
}

/** Emits the packing of `valid` lanes from `first` on; lanes after those hold anything. */
export function packStrip(body: FunctionBody, packing: Packing): void {
  const { operand, address, inner, first, target, step } = packing;
  const from = body.local("i32");
  const to = body.local("i32");
  const end = body.local("i32");
  body
    .get(first)
    .i32(operand.outerStride * BYTES)
    .op("i32.mul")
    .i32(address)
    .op("i32.add");
  body.set(from);
  const isCopy = operand.outerStride === 1;
  const steps = isCopy ? inner : Math.ceil(inner / LANES) * LANES;
  body
    .get(target)
    .tee(to)
    .i32(steps * step)
    .op("i32.add")
    .set(end);
  if (isCopy) copySteps(body, packing, { from, to, end });
  else transposeSteps(body, packing, { from, to, end });
}

interface Pointers {
  readonly from: Local;
  readonly to: Local;
  /** Where `to` ends. */
  readonly end: Local;
}

/** Lanes are neighbours in memory: each step is a copy. */
function copySteps(body: FunctionBody, packing: Packing, { from, to, end }: Pointers): void {
  const { operand, valid, step } = packing;
  body.loopWhile(() => {
    for (let vector = 0; vector * LANES < valid; vector++) {
      body
        .get(to)
        .get(from)
        .memory("v128.load", vector * LANES * BYTES);
      body.memory("v128.store", vectorOffset(packing, vector));
    }
    body
      .get(from)
      .i32(operand.innerStride * BYTES)
      .op("i32.add")
      .set(from);
    body.get(to).i32(step).op("i32.add").tee(to).get(end).op("i32.lt_u");
  });
}

/** Steps are neighbours in memory: four lanes by four steps are transposed at a time. */
function transposeSteps(body: FunctionBody, packing: Packing, { from, to, end }: Pointers): void {
  const { operand, valid, step } = packing;
  const rows = Array.from({ length: LANES }, () => body.local("v128"));
  const pairs = Array.from({ length: LANES }, () => body.local("v128"));
  body.loopWhile(() => {
    for (let vector = 0; vector * LANES < valid; vector++) {
      rows.forEach((row, lane) => {
        // There is nothing past the last lane: a copy of it fills the vector.
        const source = Math.min(vector * LANES + lane, valid - 1);
        body
          .get(from)
          .memory("v128.load", source * operand.outerStride * BYTES)
          .set(row);
      });
      transposeFour(body, rows, pairs);
      rows.forEach((row, k) => {
        body
          .get(to)
          .get(row)
          .memory("v128.store", k * step + vectorOffset(packing, vector));
      });
    }
    body
      .get(from)
      .i32(LANES * BYTES)
      .op("i32.add")
      .set(from);
    body
      .get(to)
      .i32(LANES * step)
      .op("i32.add")
      .tee(to)
      .get(end)
      .op("i32.lt_u");
  });
}

const words = (...lanes: number[]): number[] =>
  lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte));

/** Transposes four vectors in place; words 0-3 of a shuffle are its first operand, 4-7 its second. */
function transposeFour(body: FunctionBody, rows: readonly Local[], pairs: readonly Local[]): void {
  const pick = (a: Local, b: Local, lanes: number[]): FunctionBody =>
    body.get(a).get(b).shuffle(lanes);
  pick(rows[0], rows[1], words(0, 4, 1, 5)).set(pairs[0]);
  pick(rows[0], rows[1], words(2, 6, 3, 7)).set(pairs[1]);
  pick(rows[2], rows[3], words(0, 4, 1, 5)).set(pairs[2]);
  pick(rows[2], rows[3], words(2, 6, 3, 7)).set(pairs[3]);
  pick(pairs[0], pairs[2], words(0, 1, 4, 5)).set(rows[0]);
  pick(pairs[0], pairs[2], words(2, 3, 6, 7)).set(rows[1]);
  pick(pairs[1], pairs[3], words(0, 1, 4, 5)).set(rows[2]);
  pick(pairs[1], pairs[3], words(2, 3, 6, 7)).set(rows[3]);
}
