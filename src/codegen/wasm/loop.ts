/** @file Prints plain loops: one value for each point of a space, the last axis in vectors of four. */
import { RANDOM_GROUP, type Shape } from "../../graph/index.js";
import {
  expressionsOf,
  sharedExpressions,
  subexpressions,
  type Buffer,
  type Expression,
  type LoopKernel,
  type Store,
} from "../kernel.js";
import { InternalError, type StreamKey } from "../../util/index.js";
import { LANES } from "../layout.js";
import { FunctionBody, type Local } from "./assembler.js";
import {
  compute,
  emit,
  emitStore,
  variesAlong,
  type Known,
  type PrintContext,
} from "./expression.js";
import { touchGathered } from "./gatherAhead.js";
import type { Target } from "./math.js";
import { Nest, type Extent } from "./nest.js";
import { emitRandomWords, groupsIn, randomWords, VECTORS_PER_GROUP } from "./random.js";

type RandomExpression = Extract<Expression, { kind: "random" }>;

/** How the printer sees memory and machine. */
export interface Machine {
  readonly target: Target;
  readonly addressOf: (buffer: Buffer) => number;
  /** Where the `keyWords` of a stream lie. */
  readonly addressOfKey: (key: StreamKey) => number;
}

/** Whether whole vectors may be stored past the end of the last axis: into padding, never into data. */
export function mayOverrun(space: Shape, stores: readonly Store[]): boolean {
  const last = space.length - 1;
  const padded = Math.ceil(space[last] / LANES) * LANES;
  return stores.every(({ strides }) =>
    strides.every(
      (stride, axis) =>
        // A stride of 0 is a reduced axis, along which nothing is stored twice.
        axis === last || space[axis] === 1 || stride === 0 || stride >= padded,
    ),
  );
}

/**
 * Emits the stores of `count` neighbouring vectors from `vector` on, counted from the pointers' position. All that
 * several of them need is read first, and what they store into one array follows one another: only then can
 * V8 join pairs of them.
 */
export function emitStores(
  context: PrintContext,
  stores: readonly Store[],
  {
    known,
    vector,
    count = 1,
    single = false,
  }: { known: Known; vector: number; count?: number; single?: boolean },
): void {
  const { body } = context;
  const places = Array.from({ length: count }, (_, i) => {
    return { known: new Map(known), vector: vector + i, single };
  });
  if (count > 1) {
    for (const read of readsOf(stores)) {
      for (const place of places) compute(context, read, place);
    }
  }
  // All values first: a store may overwrite what another value reads.
  const values = places.map((place) =>
    stores.map(({ value }) => {
      emit(context, value, place);
      const local = body.local("v128");
      body.set(local);
      return local;
    }),
  );
  stores.forEach(({ buffer, strides }, i) => {
    places.forEach((place, j) => {
      emitStore(context, buffer, { strides, ...place, value: values[j][i] });
    });
  });
}

const readsOf = (stores: readonly Store[]): Expression[] =>
  subexpressions(stores.map(({ value }) => value)).filter(
    ({ kind }) => kind === "load" || kind === "accumulated",
  );

/** Computes what does not change along the lane axis, before the loop over it. */
export function hoist(
  context: PrintContext,
  expressions: readonly Expression[],
  known: Known,
): void {
  for (const expression of expressions) {
    if (variesAlong(context.laneAxis, expression)) continue;
    compute(context, expression, { known, vector: 0 });
  }
}

/**
 * How many units a loop can be divided into: rows of the first axis, or vectors of the only one. Random
 * words are shared by the vectors of a group, so that a single row of them is one unit.
 */
export function loopUnits(kernel: LoopKernel): number {
  if (kernel.space.length > 1) return kernel.space[0];
  return hasRandoms(kernel) ? 1 : Math.ceil(kernel.space[0] / LANES);
}

const hasRandoms = (kernel: LoopKernel): boolean =>
  expressionsOf(kernel).some(({ kind }) => kind === "random");

export function printLoop(kernel: LoopKernel, name: string, machine: Machine): FunctionBody {
  const { space, stores } = kernel;
  const body = new FunctionBody(name, ["i32", "i32"]);
  const nest = new Nest(body, space, machine.addressOf);
  const expressions = expressionsOf(kernel);
  nest.declareAll(kernel);
  const laneAxis = space.length - 1;
  const randoms = expressions.filter((e) => e.kind === "random");
  const randomWordsOf = new Map(randoms.map((random) => [random, randomWords(body)]));
  const context: PrintContext = {
    ...{ ...machine, body, nest, laneAxis },
    randomWords: randomWordsOf,
    shared: sharedExpressions(kernel),
  };
  const overrun = mayOverrun(space, stores);
  nest.start();
  eachRow(nest, space, (vectors) => {
    touchGathered(nest, kernel);
    const known: Known = new Map();
    hoist(context, expressions, known);
    const row = { length: space[laneAxis], stores, known, overrun, vectors };
    if (randoms.length > 0) printRandomRow(context, { ...row, space, randoms });
    else printRow(context, row);
  });
  return body;
}

/**
 * Loops over all axes but the last. The first is divided among threads; if it is the only one, the row
 * gets the range of its vectors.
 */
function eachRow(nest: Nest, space: Shape, row: (vectors?: Extent) => void): void {
  const [begin, end] = nest.body.parameters;
  const descend = (axis: number): void => {
    if (axis === space.length - 1) row();
    else
      nest.loop(axis, { extent: axis === 0 ? { begin, end } : space[axis] }, () => {
        descend(axis + 1);
      });
  };
  if (space.length > 1) descend(0);
  else {
    nest.body.get(begin).get(end).op("i32.lt_u");
    nest.body.when(() => {
      row({ begin, end });
    });
  }
}

/**
 * The lane axis without random numbers: whole vectors, then single elements where they must not overrun.
 *
 * @param row.vectors - the vectors to do, if not all; a single axis may always overrun
 */
export function printRow(
  context: PrintContext,
  row: {
    length: number;
    stores: readonly Store[];
    known: Known;
    overrun: boolean;
    vectors?: Extent | undefined;
  },
): void {
  const { nest, laneAxis } = context;
  const vectors = row.overrun ? Math.ceil(row.length / LANES) : Math.floor(row.length / LANES);
  const rest = row.overrun ? 0 : row.length % LANES;
  nest.loop(laneAxis, { extent: row.vectors ?? vectors, step: LANES }, () => {
    emitStores(context, row.stores, { known: row.known, vector: 0 });
  });
  if (rest === 0) return;
  nest.skip(laneAxis, vectors * LANES);
  nest.loop(laneAxis, { extent: rest }, () => {
    emitStores(context, row.stores, { known: row.known, vector: 0, single: true });
  });
  nest.skip(laneAxis, -vectors * LANES);
}

/** The lane axis in groups of 16 columns, which share their random words. */
function printRandomRow(
  context: PrintContext,
  row: {
    space: Shape;
    length: number;
    stores: readonly Store[];
    known: Known;
    overrun: boolean;
    randoms: readonly RandomExpression[];
  },
): void {
  const { body, nest, laneAxis } = context;
  const group = body.local("i32");
  const whole = Math.floor(row.length / RANDOM_GROUP);
  const rest = row.length % RANDOM_GROUP;
  emitFirstGroup(context, row.space, group);
  const words = (): void => {
    for (const random of row.randoms) emitWordsOf(context, random, { group, known: row.known });
    body.get(group).i32(1).op("i32.add").set(group);
  };
  nest.loop(laneAxis, { extent: whole, step: RANDOM_GROUP }, () => {
    words();
    for (let vector = 0; vector < VECTORS_PER_GROUP; vector++) {
      emitStores(context, row.stores, { known: row.known, vector });
    }
  });
  if (rest === 0) return;
  nest.skip(laneAxis, whole * RANDOM_GROUP);
  words();
  const vectors = row.overrun ? Math.ceil(rest / LANES) : Math.floor(rest / LANES);
  for (let vector = 0; vector < vectors; vector++) {
    emitStores(context, row.stores, { known: row.known, vector });
  }
  if (!row.overrun) printRandomTail(context, { ...row, vectors, rest });
  nest.skip(laneAxis, -whole * RANDOM_GROUP);
}

/** The last columns one by one: each brings its own lane of the random vector to the front. */
function printRandomTail(
  context: PrintContext,
  row: {
    stores: readonly Store[];
    known: Known;
    randoms: readonly RandomExpression[];
    vectors: number;
    rest: number;
  },
): void {
  const { body, nest, laneAxis } = context;
  const done = row.vectors * LANES;
  nest.skip(laneAxis, done);
  for (let lane = 0; lane < row.rest - done; lane++) {
    const known: Known = new Map(row.known);
    for (const random of row.randoms) {
      emit(context, random, { known: new Map(), vector: row.vectors });
      const local = body.local("v128");
      body.set(local).get(local).get(local);
      body.shuffle(Array.from({ length: 16 }, (_, byte) => lane * 4 + (byte % 16))).set(local);
      known.set(random, local);
    }
    emitStores(context, row.stores, { known, vector: 0, single: true });
    nest.skip(laneAxis, 1);
  }
  nest.skip(laneAxis, -row.rest);
}

/** The number of the row's first group: rows are all axes but the last, flattened. */
function emitFirstGroup({ body, nest, laneAxis }: PrintContext, space: Shape, group: Local): void {
  body.i32(0);
  for (let axis = 0; axis < laneAxis; axis++) {
    body.i32(space[axis]).op("i32.mul").get(nest.counter(axis)).op("i32.add");
  }
  body.i32(groupsIn(space[laneAxis])).op("i32.mul").set(group);
}

function emitWordsOf(
  context: PrintContext,
  random: RandomExpression,
  { group, known }: { group: Local; known: Known },
): void {
  const words = context.randomWords.get(random);
  const counter = known.get(random.counter);
  if (words === undefined || counter === undefined) {
    throw new InternalError("Random bits need a step that is the same along the row.");
  }
  const key = context.addressOfKey(random.key);
  emitRandomWords(context.body, words, { key, group, counter });
}
