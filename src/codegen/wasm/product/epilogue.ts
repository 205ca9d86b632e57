/** @file Prints what follows a product: its stores, row by row over a finished strip in scratch memory. */
import { expressionsOf, type ProductKernel } from "../../kernel.js";
import { LANES } from "../../layout.js";
import type { Local } from "../assembler.js";
import type { Known, PrintContext } from "../expression.js";
import { emitStores, hoist, type Machine } from "../loop.js";
import type { Nest } from "../nest.js";
import { BYTES, type Segment } from "./plan.js";

export interface Epilogue {
  readonly machine: Machine;
  /** Where the strip lies: a local's address plus an offset, and the bytes from row to row. */
  readonly strip: { readonly address: Local; readonly offset: number; readonly row: number };
  readonly rows: number;
  readonly columns: readonly Segment[];
}

/** Emits the stores of a strip whose first element is where the nest stands. */
export function printEpilogue(
  nest: Nest,
  kernel: ProductKernel,
  { machine, strip, rows, columns }: Epilogue,
): void {
  const { body } = nest;
  const row = body.local("i32");
  const element = body.local("i32");
  const context: PrintContext = {
    ...machine,
    body,
    nest,
    laneAxis: 1,
    randomWords: new Map(),
    emitAccumulated: (vector) =>
      void body.get(element).memory("v128.load", strip.offset + vector * LANES * BYTES),
  };
  body.get(strip.address).set(row);
  nest.loop(0, { extent: rows }, () => {
    const known: Known = new Map();
    hoist(context, expressionsOf(kernel), known);
    body.get(row).set(element);
    for (const { size, count } of columns) {
      nest.loop(1, { extent: count, step: size }, () => {
        for (let vector = 0; vector * LANES < size; vector++) {
          emitStores(context, kernel.stores, { known: new Map(known), vector });
        }
        body
          .get(element)
          .i32(size * BYTES)
          .op("i32.add")
          .set(element);
      });
      nest.skip(1, size * count);
    }
    nest.skip(1, -columns.reduce((sum, { size, count }) => sum + size * count, 0));
    body.get(row).i32(strip.row).op("i32.add").set(row);
  });
}
