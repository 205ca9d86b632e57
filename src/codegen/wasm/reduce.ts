/** @file Prints reductions. The order of additions depends on the shape alone, never on threads. */
import { sharedExpressions, subexpressions, type ReduceKernel } from "../kernel.js";
import { LANES } from "../layout.js";
import { FunctionBody, type Local } from "./assembler.js";
import { emit, type Known, type PrintContext } from "./expression.js";
import { emitStores, hoist, mayOverrun, type Machine } from "./loop.js";
import { Nest } from "./nest.js";
import type { Opcode } from "./opcodes.js";
import { columnSegments, vectorsOf } from "./product/plan.js";
import { overSegments, overUnits } from "./units.js";

interface Combination {
  readonly instruction: Opcode;
  /** Bits of the neutral element in each lane. */
  readonly neutral: number;
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];

function combinationOf({ combine, dtype }: ReduceKernel): Combination {
  const float = dtype === "float32";
  if (combine === "sum") return { instruction: float ? "f32x4.add" : "i32x4.add", neutral: 0 };
  return float
    ? { instruction: "f32x4.max", neutral: bitsOf(-Infinity) }
    : { instruction: "i32x4.max_s", neutral: -0x80000000 };
}

interface Reduction extends Combination {
  readonly kernel: ReduceKernel;
  readonly context: PrintContext;
  /** One for each vector that is reduced at a time. */
  readonly accumulators: readonly Local[];
}

/** Columns that are summed at a time: their rows are a cache line, and their sums do not wait for each other. */
const COLUMNS = 4 * LANES;

/** The kept axes outside the lanes, and whether the last axis is kept too, so that lanes are columns. */
function keptOf({ space, axes }: ReduceKernel): { outer: number[]; alongLanes: boolean } {
  const kept = space.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const alongLanes = kept.at(-1) === space.length - 1;
  return { outer: alongLanes ? kept.slice(0, -1) : kept, alongLanes };
}

/** How many units a reduction can be divided into: the first kept axis, or pieces of its columns. */
export function reduceUnits(kernel: ReduceKernel): number {
  const { outer, alongLanes } = keptOf(kernel);
  if (outer.length > 0) return kernel.space[outer[0]];
  return alongLanes ? Math.ceil(kernel.space[kernel.space.length - 1] / COLUMNS) : 1;
}

/** Loops over the kept axes; the first is divided among threads. */
export function printReduce(kernel: ReduceKernel, name: string, machine: Machine): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32"]);
  const nest = new Nest(body, kernel.space, machine.addressOf);
  nest.declareAll(kernel);
  const laneAxis = kernel.space.length - 1;
  const accumulators = Array.from({ length: COLUMNS / LANES }, () => body.local("v128"));
  const context: PrintContext = {
    ...machine,
    body,
    nest,
    laneAxis,
    randomWords: new Map(),
    shared: sharedExpressions(kernel),
    emitAccumulated: (vector) => void body.get(accumulators[vector]),
  };
  const reduction: Reduction = { kernel, context, accumulators, ...combinationOf(kernel) };
  const { outer, alongLanes } = keptOf(kernel);
  const [begin, end] = body.parameters;
  const descend = (position: number): void => {
    if (position === outer.length) {
      if (alongLanes) printColumns(reduction);
      else printPoint(reduction);
      return;
    }
    const axis = outer[position];
    nest.loop(axis, { extent: position === 0 ? { begin, end } : kernel.space[axis] }, () => {
      descend(position + 1);
    });
  };
  nest.start();
  if (outer.length > 0) descend(0);
  else if (alongLanes) printAllColumns(reduction);
  else {
    body.get(begin).get(end).op("i32.lt_u");
    body.when(() => {
      printPoint(reduction);
    });
  }
  return body;
}

/** Loops over the reduced axes given, around the innermost code. */
function overReduced({ context }: Reduction, axes: readonly number[], inner: () => void): void {
  const descend = (position: number): void => {
    if (position === axes.length) inner();
    else
      context.nest.loop(axes[position], { extent: context.nest.space[axes[position]] }, () => {
        descend(position + 1);
      });
  };
  descend(0);
}

/** The last axis is kept, and no other: pieces of it are the units. A single axis may always overrun. */
function printAllColumns(reduction: Reduction): void {
  const { nest, laneAxis } = reduction.context;
  const segments = columnSegments(nest.space[laneAxis], COLUMNS);
  overUnits(nest, { axis: laneAxis, segments }, (columns) => {
    printPiece(reduction, { vectors: vectorsOf(columns) });
  });
}

/** The last axis is kept, among others: its columns are summed down the reduced axes. */
function printColumns(reduction: Reduction): void {
  const { kernel, context } = reduction;
  const { nest, laneAxis } = context;
  const length = kernel.space[laneAxis];
  const overrun = mayOverrun(kernel.space, kernel.stores);
  const inVectors = overrun ? length : length - (length % LANES);
  const segments = columnSegments(inVectors, COLUMNS);
  overSegments(nest, { axis: laneAxis, segments }, (columns) => {
    printPiece(reduction, { vectors: vectorsOf(columns) });
  });
  if (length === inVectors) return;
  nest.skip(laneAxis, inVectors);
  nest.loop(laneAxis, { extent: length - inVectors }, () => {
    printPiece(reduction, { vectors: 1, single: true });
  });
  nest.skip(laneAxis, -inVectors);
}

/** Some vectors of columns, or a single column. */
function printPiece(
  reduction: Reduction,
  { vectors, single = false }: { vectors: number; single?: boolean },
): void {
  const { kernel, context, accumulators, instruction, neutral } = reduction;
  const { body } = context;
  const used = accumulators.slice(0, vectors);
  for (const accumulator of used) body.splatI32(neutral).set(accumulator);
  overReduced(reduction, kernel.axes, () => {
    const known: Known = new Map();
    hoist(context, subexpressions([kernel.body]), known);
    used.forEach((accumulator, vector) => {
      body.get(accumulator);
      emit(context, kernel.body, { known: new Map(known), vector, single });
      body.op(instruction).set(accumulator);
    });
  });
  emitStores(context, kernel.stores, { known: new Map(), vector: 0, count: vectors, single });
}

/** The last axis is reduced: four partial results along it, combined at the end. */
function printPoint(reduction: Reduction): void {
  const { kernel, context, accumulators, instruction, neutral } = reduction;
  const { body, nest, laneAxis } = context;
  const [accumulator] = accumulators;
  const length = kernel.space[laneAxis];
  const vectors = Math.floor(length / LANES);
  body.splatI32(neutral).set(accumulator);
  overReduced(reduction, kernel.axes.slice(0, -1), () => {
    const known: Known = new Map();
    hoist(context, subexpressions([kernel.body]), known);
    const accumulate = (mask: (() => void) | undefined): void => {
      body.get(accumulator);
      emit(context, kernel.body, { known: new Map(known), vector: 0 });
      mask?.();
      body.op(instruction).set(accumulator);
    };
    nest.loop(laneAxis, { extent: vectors, step: LANES }, () => {
      accumulate(undefined);
    });
    const rest = length % LANES;
    if (rest === 0) return;
    nest.skip(laneAxis, vectors * LANES);
    // Lanes past the end hold other data: they are replaced by the neutral element.
    accumulate(() => {
      const lane = (index: number): number => (index < rest ? -1 : 0);
      body
        .splatI32(neutral)
        .vectorI32([lane(0), lane(1), lane(2), lane(3)])
        .op("v128.bitselect");
    });
    nest.skip(laneAxis, -vectors * LANES);
  });
  combineLanes(reduction);
  emitStores(context, kernel.stores, { known: new Map(), vector: 0, single: true });
}

/** (0, 1, 2, 3) with (2, 3, 0, 1), then with its neighbour: every lane holds the result. */
function combineLanes({ context: { body }, accumulators, instruction }: Reduction): void {
  const [accumulator] = accumulators;
  for (const bytes of [8, 4]) {
    body.get(accumulator).get(accumulator).get(accumulator);
    body.shuffle(Array.from({ length: 16 }, (_, byte) => (byte + bytes) % 16));
    body.op(instruction).set(accumulator);
  }
}
