/** @file What every loss promises: gradients, finite extremes, labels as one-hot, JSON, clear errors. */
import { describe, expect, it } from "vitest";
import { gradients, ops, variable, type Tensor, type Variable } from "../../src/graph/index.js";
import { activations, type ActivationName } from "../../src/nn/activations.js";
import { createLoss, type Loss } from "../../src/nn/losses/apply.js";
import type { LossSpec, Prediction } from "../../src/nn/losses/define.js";
import type { Target } from "../../src/nn/targets.js";
import { randomStream } from "../../src/util/index.js";
import { expectGradient, weighted } from "./differences.js";
import { engines } from "./engines.js";
import { expectClose, FLOAT32, FLOAT64, valuesOf } from "./numbers.js";

export interface LossContract {
  readonly make: (options?: never) => LossSpec;
  /** Different settings. */
  readonly examples: readonly LossSpec[];
  /** Of the last layer. */
  readonly activation: ActivationName;
  /** Of one row of three units. */
  readonly targets: (random: () => number) => readonly number[];
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
  /** False if a network may give outputs for which the loss is not defined; then they are positive. */
  readonly takesAnyOutput?: boolean;
}

const ROWS = 4;
const UNITS = 3;

/** What a last layer with this activation makes of the logits. */
export function predict(name: ActivationName, z: Tensor): Prediction {
  const { apply, ...rest } = activations[name];
  const output = apply(z);
  return "probability" in rest ? { output, logits: z, probability: rest.probability } : { output };
}

function build(spec: LossSpec, activation: ActivationName) {
  const z = variable({ name: "z", shape: [ROWS, UNITS] });
  const targets = variable({ name: "targets", shape: [ROWS, UNITS] });
  const labels = variable({ name: "labels", shape: [ROWS], dtype: "int32" });
  const loss = createLoss(spec);
  return { z, targets, labels, loss, prediction: predict(activation, z) };
}

const oneHot = (labels: readonly number[]): number[] =>
  labels.flatMap((label) => Array.from({ length: UNITS }, (_, k) => Number(k === label)));

export function describeLoss(name: string, contract: LossContract): void {
  const { make, examples, activation, sentences, takesAnyOutput = true } = contract;
  const random = randomStream(3, name);
  const drawn = Float64Array.from({ length: ROWS * UNITS }, () => random.normal() + 0.01);
  const outputs = takesAnyOutput ? drawn : drawn.map((value) => Math.abs(value) + 0.1);
  const targets = Array.from({ length: ROWS }, () =>
    contract.targets(() => random.uniform()),
  ).flat();
  const LABELS = [2, 0, 1, 2];
  const both = (loss: Loss): readonly (readonly [string, Loss["minimized"]])[] => [
    ["minimized", loss.minimized],
    ["reported", loss.reported],
  ];

  describe(`${name}, as every loss,`, () => {
    it.each(examples)("has one finite number for each row: %o", (spec) => {
      const { z, targets: t, loss, prediction } = build(spec, activation);
      for (const [, rows] of both(loss)) {
        const each = rows(prediction, { values: t });
        expect(each.shape).toEqual([ROWS]);
        const [values] = valuesOf([each], new Map([[z, outputs], [t, Float64Array.from(targets)]])); // prettier-ignore
        expect(values.every(Number.isFinite)).toBe(true);
      }
    });

    it.each(examples)("has the gradients of finite differences: %o", (spec) => {
      const { z, targets: t, loss, prediction } = build(spec, activation);
      for (const [, rows] of both(loss)) {
        const { sum, weights } = weighted(rows(prediction, { values: t }), randomStream(5, name));
        const values = new Map([
          ...weights,
          [z, outputs],
          [t, Float64Array.from(targets)],
        ] as const);
        expectGradient(sum, [z], values);
      }
    });

    it.each(examples)("takes labels as one-hot targets: %o", (spec) => {
      const { z, targets: t, labels, loss, prediction } = build(spec, activation);
      const values = new Map<Variable, ArrayLike<number>>([
        [z, outputs],
        [t, oneHot(LABELS)],
        [labels, LABELS],
      ]);
      for (const [, rows] of both(loss)) {
        const target: Target = { labels, classes: UNITS };
        const [a, b] = valuesOf(
          [rows(prediction, target), rows(prediction, { values: t })],
          values,
        );
        expectClose(a, b, FLOAT64);
      }
    });

    it.each(engines.flatMap(({ name: engine, create }) => examples.map((spec) => ({ engine, create, spec }))))(
      "is finite with its gradient at outputs of +-1000 on $engine: $spec",
      async ({ create, spec }) => {
        const { z, targets: t, loss, prediction } = build(spec, activation);
        const each = loss.minimized(prediction, { values: t });
        const [slopes] = gradients(ops.mean(each), [z]);
        const engine = await create();
        const program = await engine.compile({ name: "extremes", outputs: [each, slopes] });
        const sign = takesAnyOutput ? -1000 : 1000;
        engine.write(z, [1000, sign, 0, sign, 1000, 1000, 0, 0, 0, 1000, 999, sign]);
        engine.write(t, targets);
        program.run();
        for (const output of [each, slopes]) {
          expect([...program.read(output)].every(Number.isFinite)).toBe(true);
        }
      },
    ); // prettier-ignore

    it.each(engines)("is the float64 judge's on $name", async ({ create }) => {
      for (const spec of examples) {
        const { z, targets: t, loss, prediction } = build(spec, activation);
        const each = loss.minimized(prediction, { values: t });
        const engine = await create();
        const program = await engine.compile({ name: "loss", outputs: [each] });
        const [z32, t32] = [Float32Array.from(outputs), Float32Array.from(targets)];
        engine.write(z, z32);
        engine.write(t, t32);
        program.run();
        const [exact] = valuesOf([each], new Map([[z, z32], [t, t32]])); // prettier-ignore
        expectClose(program.read(each), exact, FLOAT32);
      }
    });

    it("means its defaults by its name", () => {
      const { z, targets: t } = build(make(), activation);
      const values = new Map<Variable, ArrayLike<number>>([[z, outputs], [t, targets]]); // prettier-ignore
      const tensors = [make(), { kind: make().kind }].map((spec) =>
        createLoss(spec).minimized(predict(activation, z), { values: t }),
      );
      const [a, b] = valuesOf(tensors, values);
      expect(a).toEqual(b);
    });

    it.each(examples)("survives JSON: %o", (spec) => {
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
