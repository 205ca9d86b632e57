/** @file What every optimizer promises: golden traces, weights at rest without gradient, clear errors. */
import { describe, expect, it } from "vitest";
import { variable, type Tensor, type Variable } from "../../src/graph/index.js";
import { createOptimizer } from "../../src/nn/optimizers/apply.js";
import type { OptimizerSpec } from "../../src/nn/optimizers/define.js";
import type { Engine } from "../../src/runtime/index.js";
import { engines } from "./engines.js";
import { expectClose, FLOAT64_TEN_STEPS, valuesOf } from "./numbers.js";

/** Weights after each of some updates. */
export interface Trace {
  readonly name: string;
  readonly spec: OptimizerSpec;
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  /** One for each update; default: the spec's. */
  readonly learningRates?: readonly number[];
  /** By the number of the update, from 1. */
  readonly expected: ReadonlyMap<number, readonly number[]>;
}

export interface OptimizerContract {
  readonly make: (options?: never) => OptimizerSpec;
  /** Settings in which it remembers all that it can; default: its defaults. */
  readonly remembering?: OptimizerSpec;
  readonly traces: readonly Trace[];
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

function build(spec: OptimizerSpec, size: number) {
  const weight = variable({ name: "weight", shape: [size] });
  const gradient = variable({ name: "gradient", shape: [size] });
  const learningRate = variable({ name: "learningRate", shape: [] });
  const step = variable({ name: "step", shape: [], dtype: "int32" });
  const optimizer = createOptimizer(spec);
  const updates = optimizer.updates([{ variable: weight, decays: true }], [gradient], {
    learningRate,
    step,
  });
  return { weight, gradient, learningRate, step, updates, initialRate: optimizer.initialRate };
}

type Built = ReturnType<typeof build>;

/** What differs from update to update. */
function inputsOf(trace: Trace, built: Built, t: number): [Variable, readonly number[]][] {
  return [
    [built.gradient, trace.gradients[t - 1]],
    [built.learningRate, [trace.learningRates?.[t - 1] ?? built.initialRate]],
    [built.step, [t - 1]],
  ];
}

/** The weights after each update, in float64. */
function runExactly(trace: Trace): readonly ArrayLike<number>[] {
  const built = build(trace.spec, trace.start.length);
  const targets: [Variable, Tensor][] = [...built.updates];
  let values = new Map<Variable, ArrayLike<number>>(
    targets.map(([target]) => [target, new Float64Array(trace.start.length)]),
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

/** The weights after each update, on an engine. */
async function runOn(engine: Engine, trace: Trace): Promise<readonly ArrayLike<number>[]> {
  const built = build(trace.spec, trace.start.length);
  const program = await engine.compile({ name: "update", updates: built.updates });
  engine.write(built.weight, trace.start);
  return trace.gradients.map((_, i) => {
    for (const [target, value] of inputsOf(trace, built, i + 1)) engine.write(target, value);
    program.run();
    return engine.read(built.weight);
  });
}

export function describeOptimizer(name: string, contract: OptimizerContract): void {
  const { make, remembering = make(), traces, sentences } = contract;
  describe(`${name}, as every optimizer,`, () => {
    it.each(traces)("follows the golden trace $name in float64", (trace) => {
      const weights = runExactly(trace);
      for (const [t, expected] of trace.expected) {
        expectClose(weights[t - 1], expected, FLOAT64_TEN_STEPS);
      }
    });

    it.each(engines.flatMap((engine) => traces.map((trace) => ({ engine, trace }))))(
      "follows $trace.name on the engine $engine.name",
      async ({ engine: { create, tolerance }, trace }) => {
        const weights = await runOn(await create(), trace);
        for (const [t, expected] of trace.expected) {
          expectClose(weights[t - 1], expected, tolerance);
        }
      },
    );

    it.each(engines)(
      "leaves a weight whose gradient is always zero as it was, bit for bit, on $name",
      async ({ create }) => {
        const start = [0.4634, 0, 1e-20, -3];
        const gradients = Array.from({ length: 50 }, () => start.map(() => 0));
        const trace = { name: "rest", spec: remembering, start, gradients, expected: new Map() };
        const weights = await runOn(await create(), trace);
        expect(weights[49]).toEqual(Float32Array.from(start));
      },
    );

    it.each(engines.filter(({ computesIn }) => computesIn === "float32"))(
      "remembers nothing whose update would be subnormal after gradients have become tiny, on $name",
      async ({ create }) => {
        const built = build(remembering, 4);
        const engine = await create();
        const program = await engine.compile({ name: "update", updates: built.updates });
        engine.write(built.learningRate, [built.initialRate]);
        const slots = [...built.updates.keys()].filter((target) => target !== built.weight);
        for (let t = 0; t < 1200; t++) {
          engine.write(built.gradient, t < 5 ? [1, 1e-10, 1e-18, 0] : [0, 0, 1e-25, 0]);
          engine.write(built.step, [t]);
          program.run();
        }
        const remembered = slots.flatMap((slot) => [...engine.read(slot)]);
        // The smallest normal float32, even after a product with the learning rate.
        const smallest = 2 ** -126 / built.initialRate;
        const subnormal = remembered.filter((value) => value !== 0 && Math.abs(value) < smallest);
        expect(subnormal).toEqual([]);
      },
    );

    it("survives JSON", () => {
      const spec = make();
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
