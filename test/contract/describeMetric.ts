/** @file What every metric promises: expected values on each engine, its off-limits, JSON, clear errors. */
import { describe, expect, it } from "vitest";
import { variable } from "../../src/graph/index.js";
import { activations, type ActivationName } from "../../src/nn/activations.js";
import { chooseMetrics } from "../../src/nn/metrics/apply.js";
import type { MetricSpec, PredictedSet } from "../../src/nn/metrics/define.js";
import type { MetricChoice } from "../../src/nn/metrics/list.js";
import { allScores, meanScores, scoreRows, sumFirst, type Measures } from "../../src/nn/scoring.js";
import { readTarget, targetValues, targetVariable, type Truth } from "../../src/nn/targets.js";
import { predict } from "./describeLoss.js";
import { engines } from "./engines.js";
import { expectClose, type Tolerance } from "./numbers.js";

/** A set of predictions with the metric's value. */
export interface MetricCase {
  readonly name: string;
  readonly metric: MetricChoice;
  /** What goes into the activation, row-major: logits, or the outputs themselves. */
  readonly before: readonly number[];
  readonly activation: ActivationName;
  readonly truth: Truth;
  readonly expected: number;
}

export interface MetricContract {
  readonly make: (options?: never) => MetricSpec;
  readonly cases: readonly MetricCase[];
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

/** Sums and probabilities of float32; a metric of ranks or counts is exact. */
const TOLERANCE: Tolerance = { relative: 2e-6, absolute: 2e-6 };
/** More than the rows of any case: what lies behind them is padding. */
const PADDING = 3;

async function measure(
  { metric, before, activation, truth }: MetricCase,
  create: (typeof engines)[number]["create"],
): Promise<number> {
  const rows = targetValues(truth).length / ("labels" in truth ? 1 : truth.targetShape[0]);
  const width = before.length / rows;
  const size = rows + PADDING;
  const z = variable({ name: "z", shape: [size, width] });
  const count = variable({ name: "count", shape: [], dtype: "int32" });
  const targets = targetVariable("targets", truth, size);
  const prediction = predict(activation, z);
  const measures: Measures = {
    loss: { kind: "meanSquaredError" },
    metrics: chooseMetrics([metric]),
  };
  const target = readTarget(truth, targets);
  const sums = scoreRows(measures, { prediction, target }).map((score) => sumFirst(score, count));
  const engine = await create();
  const outputs = [...sums, prediction.output];
  const program = await engine.compile({ name: "metric", outputs });
  const padded = (values: ArrayLike<number>, per: number): number[] => [
    ...Array.from(values),
    ...new Array<number>(PADDING * per).fill(0),
  ];
  engine.write(z, padded(before, width));
  engine.write(targets, padded(targetValues(truth), targetValues(truth).length / rows));
  engine.write(count, [rows]);
  program.run();
  const { probability } = { probability: undefined, ...activations[activation] };
  const set: PredictedSet = {
    rows,
    width,
    outputs: Float32Array.from(program.read(prediction.output)).subarray(0, rows * width),
    truth,
    ...(probability && { probability }),
  };
  for (const { definition, values } of measures.metrics.ofSets) definition.require(set, values);
  const means = meanScores(
    measures,
    sums.map((sum) => program.read(sum)[0]),
    rows,
  );
  const scores: Readonly<Record<string, number>> = allScores(measures, means, set);
  return scores[measures.metrics.names[0]];
}

export function describeMetric(name: string, contract: MetricContract): void {
  const { make, cases, sentences } = contract;
  describe(`${name}, as every metric,`, () => {
    it.each(cases.flatMap((one) => engines.map((engine) => ({ one, engine }))))(
      "has its value on $engine.name: $one.name",
      async ({ one, engine: { create } }) => {
        const value = await measure(one, create);
        if (Number.isNaN(one.expected)) expect(value).toBeNaN();
        else expectClose([value], [one.expected], TOLERANCE);
      },
    );

    it("means its defaults by its name, which is the key of its result", () => {
      const [byName, bySpec] = [name as MetricChoice, make()].map((choice) =>
        chooseMetrics([choice]),
      );
      expect(byName).toEqual(bySpec);
      expect(byName.names).toEqual([name]);
    });

    it("is known by another name if it is given one, and refuses one that is taken", () => {
      const renamed = { ...make(), name: "mine" };
      expect(chooseMetrics([make(), renamed]).names).toEqual([name, "mine"]);
      expect(() => chooseMetrics([make(), make()])).toThrow(
        `metrics: each must have a name of its own; got "${name}" twice.`,
      );
    });

    it("survives JSON", () => {
      expect(JSON.parse(JSON.stringify(make()))).toEqual(make());
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
