/** @file What every optimizer promises: golden traces, rest without gradient, resuming, clear errors. */
import { describe, expect, it } from "vitest";
import { ops, variable } from "../../src/graph/index.js";
import { l1 } from "../../src/nn/index.js";
import type { OptimizerSpec } from "../../src/nn/optimizers/define.js";
import { createRegularizer } from "../../src/nn/regularizers/apply.js";
import type { Engine } from "../../src/runtime/index.js";
import { engines } from "./engines.js";
import { expectClose, FLOAT64_TEN_STEPS } from "./numbers.js";
import {
  buildUpdate,
  GOLDEN_RUN,
  runExactly,
  startRun,
  type BuildOptions,
  type Trace,
} from "./optimizerRuns.js";

export interface OptimizerContract {
  readonly make: (options?: never) => OptimizerSpec;
  /** Settings in which it remembers all that it can; default: its defaults. */
  readonly remembering?: OptimizerSpec;
  /** What `remembering` without weight decay is the same as; default: the spec without it. */
  readonly withoutDecay?: OptimizerSpec;
  /**
   * Settings that come to rest at the minimum of a quadratic within 3000 updates, each with proximal
   * steps; or the sentence with which it refuses those.
   */
  readonly proximal: readonly OptimizerSpec[] | string;
  readonly traces: readonly Trace[];
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

/** Those whose variables can be copied without rounding. */
const float32Engines = engines.filter(({ computesIn }) => computesIn === "float32");

const goldenRun = (spec: OptimizerSpec): Trace => ({
  name: "golden",
  spec,
  ...GOLDEN_RUN,
  expected: new Map(),
});

/** The weights after each golden gradient. */
async function weightsOf(
  create: () => Promise<Engine>,
  spec: OptimizerSpec,
  properties: Omit<BuildOptions, "size"> = {},
): Promise<readonly ArrayLike<number>[]> {
  const trace = goldenRun(spec);
  return (await startRun(await create(), trace, properties)).updates(1, trace.gradients.length);
}

const STRENGTH = 0.1;
/** Minimum of (w - target)^2 / 2 without a penalty, and with L1 of that strength: soft thresholding. */
const TARGETS = [1, -0.5, 0.05, -0.02];
const MINIMUM = [0.9, -0.4, 0, 0];

/** Where proximal steps come to rest on the quadratic. */
async function minimize(engine: Engine, spec: OptimizerSpec): Promise<readonly number[]> {
  const targets = variable({ name: "targets", shape: [4] });
  const regularizer = createRegularizer(l1({ strength: STRENGTH }));
  if (!regularizer) throw new Error("switched off");
  const built = buildUpdate(spec, {
    size: 4,
    regularizer,
    gradientOf: (weight) => ops.subtract(weight, targets),
  });
  const counted = new Map([...built.updates, [built.step, ops.add(built.step, 1)] as const]);
  const program = await engine.compile({ name: "minimize", updates: counted });
  engine.write(built.learningRate, [built.initialRate]);
  engine.write(targets, TARGETS);
  engine.write(built.weight, [0.3, 0.3, 0.3, -0.3]);
  for (const [slot, initial] of built.initialSlots) engine.write(slot, Array(4).fill(initial));
  for (let t = 0; t < 3000; t++) program.run();
  return [...engine.read(built.weight)];
}

function describeProximalSteps(
  make: OptimizerContract["make"],
  specs: readonly OptimizerSpec[] | string,
) {
  const [{ create }] = float32Engines;
  if (typeof specs === "string") {
    it("refuses proximal steps", async () => {
      await expect(minimize(await create(), make())).rejects.toThrow(specs);
    });
    return;
  }
  it.each(specs)(
    "comes to rest where loss and penalty balance, with exact zeros: %j",
    async (spec) => {
      const weights = await minimize(await create(), spec);
      expectClose(weights, MINIMUM, { relative: 1e-3, absolute: 0 });
    },
  );
}

export function describeOptimizer(name: string, contract: OptimizerContract): void {
  const { make, remembering = make(), withoutDecay, proximal, traces, sentences } = contract;
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
        const weights = (await startRun(await create(), trace)).updates(1, trace.gradients.length);
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
        const spec = { ...remembering, weightDecay: 0 };
        const trace = { name: "rest", spec, start, gradients, expected: new Map() };
        const weights = (await startRun(await create(), trace)).updates(1, 50);
        expect(weights[49]).toEqual(Float32Array.from(start));
      },
    );

    it.each(float32Engines)(
      "remembers nothing whose update would be subnormal after gradients have become tiny, on $name",
      async ({ create }) => {
        const spec = { ...remembering, gradientAccumulationSteps: 2 };
        const start = [0, 0, 0, 0];
        const gradients = Array.from({ length: 1200 }, (_, t) =>
          t < 5 ? [1, 1e-10, 1e-18, 0] : [0, 0, 1e-25, 0],
        );
        const trace = { name: "tiny", spec, start, gradients, expected: new Map() };
        const run = await startRun(await create(), trace);
        run.updates(1, 1199);
        const [, ...slots] = run.copy();
        // The smallest normal float32, even after a product with the learning rate.
        const smallest = 2 ** -126 / buildUpdate(spec, { size: 1 }).initialRate;
        const remembered = slots.flatMap((slot) => Array.from(slot));
        const subnormal = remembered.filter((value) => value !== 0 && Math.abs(value) < smallest);
        expect(subnormal).toEqual([]);
      },
    );

    it.each(engines)(
      "is the same, bit for bit, with what all optimizers share switched off, on $name",
      async ({ create }) => {
        const off = { weightDecay: 0, gradientAccumulationSteps: 1, sharpnessRadius: 0 };
        const weights = await weightsOf(create, { ...remembering, ...off });
        expect(weights).toEqual(await weightsOf(create, withoutDecay ?? remembering));
      },
    );

    it.each(engines)("decays no weight that is not to decay, on $name", async ({ create }) => {
      const decaying = { ...remembering, weightDecay: 0.1 };
      const plain = await weightsOf(create, { ...remembering, weightDecay: 0 });
      expect(await weightsOf(create, decaying, { decays: false })).toEqual(plain);
      expect(await weightsOf(create, decaying, { decays: true })).not.toEqual(plain);
    });

    it.each(
      float32Engines.flatMap(({ name: engine, create }) =>
        [1, 3].map((batches) => ({ engine, create, batches })),
      ),
    )(
      "goes on from copies as if it had not been interrupted, $batches batches an update, on $engine",
      async ({ create, batches }) => {
        const trace = goldenRun({ ...remembering, gradientAccumulationSteps: batches });
        const first = await startRun(await create(), trace);
        first.updates(1, 4);
        const copies = first.copy();
        const second = await startRun(await create(), trace);
        second.restore(copies);
        expect(second.updates(5, 10)).toEqual(first.updates(5, 10));
      },
    );

    describeProximalSteps(make, proximal);

    it("survives JSON", () => {
      const spec = make();
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
