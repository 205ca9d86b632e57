/** @file Prints reductions. The order of additions depends on the shape alone, never on threads. */
import { sharedExpressions, subexpressions, type ReduceKernel } from "../kernel.js";
import { LANES } from "../layout.js";
import { FunctionBody, type Local } from "./assembler.js";
import { emit, type Known, type PrintContext } from "./expression.js";
import { emitStores, hoist, mayOverrun, type Machine } from "./loop.js";
import { Nest, type Extent } from "./nest.js";
import type { Opcode } from "./opcodes.js";

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
  readonly accumulator: Local;
}

/** The kept axes outside the lanes, and whether the last axis is kept too, so that lanes are columns. */
function keptOf({ space, axes }: ReduceKernel): { outer: number[]; alongLanes: boolean } {
  const kept = space.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const alongLanes = kept.at(-1) === space.length - 1;
  return { outer: alongLanes ? kept.slice(0, -1) : kept, alongLanes };
}

/** How many units a reduction can be divided into: the first kept axis, or vectors of its columns. */
export function reduceUnits(kernel: ReduceKernel): number {
  const { outer, alongLanes } = keptOf(kernel);
  if (outer.length > 0) return kernel.space[outer[0]];
  return alongLanes ? Math.ceil(kernel.space[kernel.space.length - 1] / LANES) : 1;
}

/** Loops over the kept axes; the first is divided among threads. */
export function printReduce(kernel: ReduceKernel, name: string, machine: Machine): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32"]);
  const nest = new Nest(body, kernel.space, machine.addressOf);
  nest.declareAll(kernel);
  const laneAxis = kernel.space.length - 1;
  const accumulator = body.local("v128");
  const context: PrintContext = {
    ...machine,
    body,
    nest,
    laneAxis,
    randomWords: new Map(),
    shared: sharedExpressions(kernel),
    emitAccumulated: () => void body.get(accumulator),
  };
  const reduction: Reduction = { kernel, context, accumulator, ...combinationOf(kernel) };
  const { outer, alongLanes } = keptOf(kernel);
  const [begin, end] = body.parameters;
  const descend = (position: number, columns?: Extent): void => {
    if (position === outer.length) {
      if (alongLanes) printColumns(reduction, columns);
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
  else {
    body.get(begin).get(end).op("i32.lt_u");
    body.when(() => {
      descend(0, { begin, end });
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

/**
 * The last axis is kept: four columns at a time are summed down the reduced axes.
 *
 * @param columns - the vectors of columns to do, if not all; it is the only kept axis and may overrun
 */
function printColumns(reduction: Reduction, columns?: Extent): void {
  const { kernel, context } = reduction;
  const { nest, laneAxis } = context;
  const length = kernel.space[laneAxis];
  const overrun = mayOverrun(kernel.space, kernel.stores);
  const vectors = overrun ? Math.ceil(length / LANES) : Math.floor(length / LANES);
  const rest = length - vectors * LANES;
  nest.loop(laneAxis, { extent: columns ?? vectors, step: LANES }, () => {
    printColumn(reduction, false);
  });
  if (rest <= 0) return;
  nest.skip(laneAxis, vectors * LANES);
  nest.loop(laneAxis, { extent: rest }, () => {
    printColumn(reduction, true);
  });
  nest.skip(laneAxis, -vectors * LANES);
}

function printColumn(reduction: Reduction, single: boolean): void {
  const { kernel, context, accumulator, instruction, neutral } = reduction;
  const { body } = context;
  body.splatI32(neutral).set(accumulator);
  overReduced(reduction, kernel.axes, () => {
    body.get(accumulator);
    emit(context, kernel.body, { known: new Map(), vector: 0, single });
    body.op(instruction).set(accumulator);
  });
  emitStores(context, kernel.stores, { known: new Map(), vector: 0, single });
}

/** The last axis is reduced: four partial results along it, combined at the end. */
function printPoint(reduction: Reduction): void {
  const { kernel, context, accumulator, instruction, neutral } = reduction;
  const { body, nest, laneAxis } = context;
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
function combineLanes({ context: { body }, accumulator, instruction }: Reduction): void {
  for (const bytes of [8, 4]) {
    body.get(accumulator).get(accumulator).get(accumulator);
    body.shuffle(Array.from({ length: 16 }, (_, byte) => (byte + bytes) % 16));
    body.op(instruction).set(accumulator);
  }
}
