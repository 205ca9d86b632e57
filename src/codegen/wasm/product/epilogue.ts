/** @file Prints what follows a product: its stores, row by row over a finished strip in scratch memory. */
import { expressionsOf, sharedExpressions, type ProductKernel } from "../../kernel.js";
import { LANES } from "../../layout.js";
import { FunctionBody } from "../assembler.js";
import type { Known, PrintContext } from "../expression.js";
import { emitStores, hoist, type Machine } from "../loop.js";
import { Nest } from "../nest.js";
import { canPair } from "../pairs.js";
import { overSegments } from "../units.js";
import { BYTES, columnSegments, vectorsOf } from "./plan.js";

export interface Strip {
  /** The axis along which strips follow one another, and the places on it that this one has. */
  readonly outer: 0 | 1;
  readonly size: number;
  /** Bytes from row to row. */
  readonly row: number;
}

/** Columns that are stored at a time: two vectors, which V8 can join. */
const COLUMNS = 2 * LANES;

/** A function of (the strip's first place on the outer axis, its address). */
export function printEpilogue(
  kernel: ProductKernel,
  name: string,
  { machine, strip }: { readonly machine: Machine; readonly strip: Strip },
): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32"]);
  const [first, address] = body.parameters;
  const nest = new Nest(body, kernel.space, machine.addressOf);
  nest.declareAll(kernel);
  const row = body.local("i32");
  const element = body.local("i32");
  const context: PrintContext = {
    ...machine,
    body,
    nest,
    laneAxis: 1,
    randomWords: new Map(),
    shared: sharedExpressions(kernel),
    emitAccumulated: (vector) => void body.get(element).memory("v128.load", vector * LANES * BYTES),
  };
  const { outer, size } = strip;
  const [rows, columns] = outer === 0 ? [size, kernel.space[1]] : [kernel.space[0], size];
  nest.start();
  nest.moveTo(outer, { position: first, scale: 1 });
  body.get(address).set(row);
  nest.loop(0, { extent: rows }, () => {
    const known: Known = new Map();
    hoist(context, expressionsOf(kernel), known);
    body.get(row).set(element);
    overSegments(nest, { axis: 1, segments: columnSegments(columns, COLUMNS) }, (width) => {
      emitStores(context, kernel.stores, { known, vector: 0, count: vectorsOf(width) });
      body
        .get(element)
        .i32(width * BYTES)
        .op("i32.add")
        .set(element);
    });
    body.get(row).i32(strip.row).op("i32.add").set(row);
  });
  return body;
}

/** The epilogues of a kernel's strips, each printed when first called. */
export class Epilogues {
  readonly #ofSize = new Map<number, FunctionBody>();

  constructor(
    readonly kernel: ProductKernel,
    readonly name: string,
    readonly machine: Machine,
  ) {}

  get pairs(): FunctionBody[] {
    return canPair(this.kernel.stores, 1) ? [...this.#ofSize.values()] : [];
  }

  /** Those that are no pairs. */
  get others(): FunctionBody[] {
    return canPair(this.kernel.stores, 1) ? [] : [...this.#ofSize.values()];
  }

  of(strip: Strip): FunctionBody {
    const known = this.#ofSize.get(strip.size);
    if (known !== undefined) return known;
    const printed = printEpilogue(this.kernel, `${this.name}_epilogue_${strip.size}`, {
      machine: this.machine,
      strip,
    });
    this.#ofSize.set(strip.size, printed);
    return printed;
  }
}
