/** @file Random small programs from a seed: all primitives, shared nodes, updates that read each other. */
import { isVariable, printGraph, type Tensor, type Variable } from "../../src/graph/index.js";
import { randomStream } from "../../src/util/index.js";
import { growths } from "./randomNodes.js";
import { choose, isTame, pick, randomVariable, type Entry, type Pool } from "./randomPool.js";

export interface RandomProgram {
  readonly outputs: readonly Tensor[];
  readonly updates: ReadonlyMap<Variable, Tensor>;
  /** Every variable, and its values before the run. */
  readonly values: ReadonlyMap<Variable, Float64Array>;
  /** The interval and the possible float32 error of each variable, output and update. */
  readonly known: ReadonlyMap<Tensor, Entry>;
  /** The seed and the graph, for failures. */
  readonly description: string;
}

/** The same seed gives the same program. */
export function randomGraph(seed: number): RandomProgram {
  const stream = randomStream(seed, "random graph");
  const pool: Pool = { stream, entries: [], values: new Map(), fixed: new Set() };
  for (let count = 1 + stream.below(4); count > 0; count--) randomVariable(pool);
  const size = 3 + stream.below(23);
  for (let grown = 0; grown < size;) grown += grow(pool) ? 1 : 0;
  const outputs = chooseOutputs(pool);
  const updates = chooseUpdates(pool);
  return {
    outputs,
    updates,
    values: pool.values,
    known: new Map(pool.entries.map((entry) => [entry.tensor, entry])),
    description: describeProgram(seed, outputs, updates),
  };
}

/** Whether an attempt to add a node succeeded. */
function grow(pool: Pool): boolean {
  const entry = choose(pool.stream, growths)(pool);
  if (entry === undefined || !isTame(entry)) return false;
  pool.entries.push(entry);
  return true;
}

/** Most of what nothing else reads, so that little of the graph is dead; and some of the rest. */
function chooseOutputs({ stream, entries }: Pool): Tensor[] {
  const read = new Set(entries.flatMap(({ tensor }) => tensor.inputs));
  const computed = entries.filter(({ tensor }) => !isVariable(tensor));
  const ends = computed.filter(({ tensor }) => !read.has(tensor));
  const chosen = [...ends.slice(-5), choose(stream, entries)];
  return chosen.map(({ tensor }) => tensor);
}

/** Up to four variables, each replaced by a tensor of its shape and dtype, other variables included. */
function chooseUpdates(pool: Pool): Map<Variable, Tensor> {
  const free = [...pool.values.keys()].filter((place) => !pool.fixed.has(place));
  const order = [...pool.stream.permutation(free.length)].map((index) => free[index]);
  const updates = new Map<Variable, Tensor>();
  for (const place of order.slice(0, pool.stream.below(5))) {
    const fits = ({ tensor }: Entry): boolean =>
      tensor !== place &&
      tensor.dtype === place.dtype &&
      tensor.shape.join() === place.shape.join();
    const value = pick(pool, fits);
    if (value !== undefined) updates.set(place, value.tensor);
  }
  return updates;
}

function describeProgram(
  seed: number,
  outputs: readonly Tensor[],
  updates: ReadonlyMap<Variable, Tensor>,
): string {
  const names = [...updates.keys()].map(({ attributes }) => attributes.name);
  const what = `${outputs.length} outputs, then updates of [${names.join(", ")}]`;
  return `seed ${seed}: ${what}\n${printGraph([...outputs, ...updates.values()])}`;
}
