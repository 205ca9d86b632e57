/** @file What every regularizer promises: a scalar, its gradient, its proximal step, its off value, clear errors. */
import { describe, expect, it } from "vitest";
import { gradients, ops, variable, type Shape, type Tensor } from "../../src/graph/index.js";
import { adam, sgd } from "../../src/nn/index.js";
import { checkSpec } from "../../src/nn/part.js";
import { createRegularizer } from "../../src/nn/regularizers/apply.js";
import { regularizers } from "../../src/nn/regularizers/list.js";
import type { Spec } from "../../src/nn/component.js";
import { randomStream } from "../../src/util/index.js";
import { expectGradient } from "./differences.js";
import { expectClose, valuesOf } from "./numbers.js";
import { KERNELS, NETWORKS, someWeights, trainToy } from "./parts.js";

export interface RegularizerContract {
  readonly make: (options: never) => Spec;
  readonly examples: readonly { readonly spec: Spec }[];
  /** Settings at which it does nothing at all. */
  readonly off: Spec;
  /** True if the examples take proximal steps. */
  readonly proximal: boolean;
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

/** It as it works; one that is switched off fails the test. */
function atWork(spec: Spec) {
  const regularizer = createRegularizer(spec);
  if (!regularizer) throw new Error("switched off");
  return regularizer;
}

/** Of the objective of a proximal step, in float64: to what it is when `point` moves along a direction. */
const MOVES = [1e-3, 1e-5];

/** Each coordinate up and down, towards the start, and forty at random. */
function directionsFrom(towards: Float64Array): readonly Float64Array[] {
  const random = randomStream(3, "directions");
  const units = [...towards.keys()].flatMap((i) =>
    [1, -1].map((sign) => Float64Array.from(towards, (_, j) => (i === j ? sign : 0))),
  );
  const drawn = Array.from({ length: 40 }, () => towards.map(() => random.normal()));
  return [...units, towards, towards.map((value) => -value), ...drawn];
}

/** Fails unless no small move from the step's result makes `penalty(u) + sum((u - w)^2 / (2 stepSize))` less. */
function expectMinimum(spec: Spec, shape: Shape, stepSizes: Float64Array): void {
  const { penalty, proximal } = atWork(spec);
  const [u, w, step] = ["u", "w", "step"].map((name) => variable({ name, shape }));
  const distance = ops.sum(ops.divide(ops.square(ops.subtract(u, w)), ops.multiply(step, 2)));
  const objective = ops.add(penalty(u), distance);
  const weights = someWeights(shape);
  const isEqual = stepSizes.every((size) => size === stepSizes[0]);
  const stepSize: Tensor = isEqual ? ops.constant(stepSizes[0]) : step;
  const values = new Map([
    [w, weights],
    [step, stepSizes],
  ]);
  if (!proximal) throw new Error("not proximal");
  const [result] = valuesOf([proximal(w, stepSize)], values);
  const at = (point: Float64Array): number =>
    valuesOf([objective], new Map([...values, [u, point]]))[0][0];
  const least = at(result);
  for (const direction of directionsFrom(weights)) {
    for (const move of MOVES) {
      const moved = at(result.map((value, i) => value + move * direction[i]));
      expect(moved).toBeGreaterThanOrEqual(least - 1e-13 * Math.abs(least));
    }
  }
}

export function describeRegularizer(name: string, contract: RegularizerContract): void {
  const { make, examples, off, proximal, sentences } = contract;
  const cases = examples.flatMap(({ spec }) => KERNELS.map(({ shape }) => ({ spec, shape })));
  describe(`${name}, as every regularizer,`, () => {
    it.each(cases)("is a scalar, at least 0, of a weight $shape: $spec", ({ spec, shape }) => {
      const weight = variable({ name: "weight", shape });
      const penalty = atWork(spec).penalty(weight);
      expect([penalty.shape, penalty.dtype]).toEqual([[], "float32"]);
      const [[value]] = valuesOf([penalty], new Map([[weight, someWeights(shape)]]));
      expect(value).toBeGreaterThan(0);
      const zeros = someWeights(shape).fill(0);
      const [[atZero]] = valuesOf([penalty], new Map([[weight, zeros]]));
      expect(atZero).toBe(0);
    });

    it.each(cases)("has the gradient of finite differences, $shape: $spec", ({ spec, shape }) => {
      const weight = variable({ name: "weight", shape });
      const values = new Map([[weight, someWeights(shape)]]);
      expectGradient(atWork(spec).penalty(weight), [weight], values);
    });

    it.each(cases)("has the gradient 0 at zeros, $shape: $spec", ({ spec, shape }) => {
      const weight = variable({ name: "weight", shape });
      const zeros = someWeights(shape).fill(0);
      const slopes = gradients(atWork(spec).penalty(weight), [weight]);
      const [slope] = valuesOf(slopes, new Map([[weight, zeros]]));
      expectClose(slope, zeros, { relative: 0, absolute: 0 });
    });

    if (proximal) {
      it.each(cases)("steps to the minimum for one step size, $shape: $spec", (example) => {
        const { spec, shape } = example;
        for (const size of [0.1, 1, 10]) {
          expectMinimum(spec, shape, new Float64Array(someWeights(shape).length).fill(size));
        }
      });

      it.each(cases)(
        "steps to the minimum for step sizes that differ, $shape: $spec",
        (example) => {
          const { spec, shape } = example;
          for (const spread of [0.5, 2]) {
            const sizes = someWeights(shape, "sizes").map((z) => Math.exp(spread * z));
            expectMinimum(spec, shape, sizes);
          }
        },
      );

      it.each(cases)("leaves a weight as it is for a step of size 0, $shape: $spec", (example) => {
        const { spec, shape } = example;
        const weight = variable({ name: "weight", shape });
        const weights = someWeights(shape);
        for (const zero of [ops.constant(0), ops.multiply(ops.square(weight), 0)]) {
          const stepped = atWork(spec).proximal?.(weight, zero) ?? weight;
          const [result] = valuesOf([stepped], new Map([[weight, weights]]));
          expectClose(result, weights, { relative: 1e-14, absolute: 0 });
        }
      });
    } else {
      it.each(examples)("takes no proximal steps: $spec", ({ spec }) => {
        expect(atWork(spec).proximal).toBeUndefined();
      });
    }

    it.each(NETWORKS)("trains as without it at its off value, bit for bit: $layer", async (net) => {
      const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
      const parts = { kernelRegularizer: off, biasRegularizer: off, activityRegularizer: off };
      const without = await trainToy(net.layers({}), optimizer);
      const switchedOff = await trainToy(net.layers(parts), optimizer);
      expect(switchedOff.model.weights()).toEqual(without.model.weights());
      expect(switchedOff.epochs).toEqual(without.epochs);
    });

    const trained = NETWORKS.flatMap((net) =>
      [adam(), sgd({ learningRate: 0.1 })].flatMap((optimizer) =>
        examples.map(({ spec }) => ({ ...net, optimizer, spec })),
      ),
    );
    it.each(trained)(
      "changes the training of $layer with $optimizer.kind, and its value is reported: $spec",
      async ({ layers, optimizer, spec }) => {
        const without = await trainToy(layers({}), optimizer);
        const { model, epochs } = await trainToy(layers({ kernelRegularizer: spec }), optimizer);
        const kernel = model.weights()[0];
        expect(kernel.values.every(Number.isFinite)).toBe(true);
        expect(kernel.values).not.toEqual(without.model.weights()[0].values);
        const weight = variable({ name: "weight", shape: kernel.shape });
        const [expected] = valuesOf(
          [atWork(spec).penalty(weight)],
          new Map([[weight, kernel.values]]),
        );
        const reported = [epochs.at(-1)?.penalty ?? NaN];
        expectClose(reported, expected, { relative: 1e-5, absolute: 1e-9 });
      },
    );

    it.each(examples)("survives JSON: $spec", ({ spec }) => {
      const parsed: unknown = JSON.parse(JSON.stringify(spec));
      expect(checkSpec({ who: "It", noun: "regularizer" }, regularizers, parsed)).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
