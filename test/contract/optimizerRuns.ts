/** @file Runs of an optimizer for the contract: over given gradients, in float64 and on an engine. */
import { variable, type Tensor, type Variable } from "../../src/graph/index.js";
import { createOptimizer, type UpdatedWeight } from "../../src/nn/optimizers/apply.js";
import type { OptimizerSpec } from "../../src/nn/optimizers/define.js";
import type { Engine } from "../../src/runtime/index.js";
import { readFixture } from "./fixtures.js";
import { valuesOf } from "./numbers.js";

type Numbers = readonly number[];

/** Weights after each of some updates. */
export interface Trace {
  readonly name: string;
  readonly spec: OptimizerSpec;
  readonly start: Numbers;
  readonly gradients: readonly Numbers[];
  /** One for each update; default: the spec's. */
  readonly learningRates?: Numbers;
  /** By the number of the update, from 1. */
  readonly expected: ReadonlyMap<number, Numbers>;
}

interface Golden {
  readonly optimizers: Readonly<Record<string, readonly Numbers[]>>;
}
interface GoldenTorch {
  readonly optimizers: {
    readonly p0: Numbers;
    readonly grads: readonly Numbers[];
    readonly [name: string]: unknown;
  };
}

const torch = readFixture<GoldenTorch>("golden_torch").optimizers;
const files = {
  golden_keras: readFixture<Golden>("golden_keras").optimizers,
  keras_optimizers: readFixture<Golden>("keras_optimizers").optimizers,
};

/** The start and the gradients of all golden traces. */
export const GOLDEN_RUN = { start: torch.p0, gradients: torch.grads };

const byStep = (weights: readonly Numbers[]): ReadonlyMap<number, Numbers> =>
  new Map(weights.map((value, i) => [i + 1, value]));

/** Ten updates by Keras, from one of the two files. */
export function kerasTrace(name: string, spec: OptimizerSpec, file: keyof typeof files): Trace {
  const weights = files[file][name];
  return { name: `${name} of Keras`, spec, ...GOLDEN_RUN, expected: byStep(weights) };
}

/** Ten updates by PyTorch. */
export function torchTrace(name: string, spec: OptimizerSpec): Trace {
  const { trace } = torch[name] as { readonly trace: readonly Numbers[] };
  return { name: `${name} of PyTorch`, spec, ...GOLDEN_RUN, expected: byStep(trace) };
}

export interface BuildOptions extends Partial<Omit<UpdatedWeight, "variable">> {
  readonly size: number;
  /** Default: a variable, to be written before each update. */
  readonly gradientOf?: (weight: Tensor) => Tensor;
}

/** The update of one weight. */
export function buildUpdate(spec: OptimizerSpec, options: BuildOptions) {
  const { size, gradientOf, ...properties } = options;
  const weight = variable({ name: "weight", shape: [size] });
  const gradient = variable({ name: "gradient", shape: [size] });
  const learningRate = variable({ name: "learningRate", shape: [] });
  const step = variable({ name: "step", shape: [], dtype: "int32" });
  const optimizer = createOptimizer(spec);
  const updates = optimizer.updates(
    [{ variable: weight, decays: true, ...properties }],
    [gradientOf?.(weight) ?? gradient],
    { learningRate, step },
  );
  const slots = optimizer.slots.all();
  const initialSlots = optimizer.slots.initialValues();
  const { initialRate } = optimizer;
  return { weight, gradient, learningRate, step, updates, slots, initialSlots, initialRate };
}

type Built = ReturnType<typeof buildUpdate>;

/** What differs from update to update. */
function inputsOf(trace: Trace, built: Built, t: number): [Variable, Numbers][] {
  return [
    [built.gradient, trace.gradients[t - 1]],
    [built.learningRate, [trace.learningRates?.[t - 1] ?? built.initialRate]],
    [built.step, [t - 1]],
  ];
}

/** The weights after each update, in float64. */
export function runExactly(trace: Trace): readonly ArrayLike<number>[] {
  const size = trace.start.length;
  const built = buildUpdate(trace.spec, { size });
  const targets: [Variable, Tensor][] = [...built.updates];
  let values = new Map<Variable, ArrayLike<number>>(
    built.slots.map((slot) => [
      slot,
      new Float64Array(size).fill(built.initialSlots.get(slot) ?? 0),
    ]),
  );
  values.set(built.weight, trace.start);
  return trace.gradients.map((_, i) => {
    const seen = new Map([...values, ...inputsOf(trace, built, i + 1)]);
    const results = valuesOf(
      targets.map(([, tensor]) => tensor),
      seen,
    );
    values = new Map(targets.map(([target], index) => [target, results[index]]));
    return values.get(built.weight) ?? [];
  });
}

/** An optimizer at work on an engine, on one weight. */
export interface Run {
  /** Makes some updates of the trace, counted from 1, and gives the weights after each. */
  readonly updates: (from: number, to: number) => readonly ArrayLike<number>[];
  /** The weight and everything remembered. */
  readonly copy: () => readonly ArrayLike<number>[];
  readonly restore: (values: readonly ArrayLike<number>[]) => void;
}

/** @param properties - of the weight */
export async function startRun(
  engine: Engine,
  trace: Trace,
  properties: Omit<BuildOptions, "size"> = {},
): Promise<Run> {
  const size = trace.start.length;
  const built = buildUpdate(trace.spec, { size, ...properties });
  const program = await engine.compile({ name: "update", updates: built.updates });
  engine.write(built.weight, trace.start);
  for (const [slot, initial] of built.initialSlots) {
    engine.write(slot, new Float32Array(size).fill(initial));
  }
  const kept = [built.weight, ...built.slots];
  return {
    updates: (from, to) =>
      Array.from({ length: to - from + 1 }, (_, i) => {
        for (const [target, value] of inputsOf(trace, built, from + i)) engine.write(target, value);
        program.run();
        return Float32Array.from(engine.read(built.weight));
      }),
    copy: () => kept.map((target) => Float32Array.from(engine.read(target))),
    restore: (values) => kept.forEach((target, i) => engine.write(target, values[i])),
  };
}
