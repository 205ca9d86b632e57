/** @file What every constraint promises: a weight of the same shape that meets it, in training too; clear errors. */
import { describe, expect, it } from "vitest";
import { variable } from "../../src/graph/index.js";
import type { Spec } from "../../src/nn/component.js";
import { createConstraint } from "../../src/nn/constraints/apply.js";
import { constraints } from "../../src/nn/constraints/list.js";
import { adam, sgd } from "../../src/nn/index.js";
import { checkSpec } from "../../src/nn/part.js";
import { expectClose, valuesOf, type Tolerance } from "./numbers.js";
import { KERNELS, NETWORKS, someWeights, trainToy } from "./parts.js";

export interface ConstraintContract {
  readonly make: (options: never) => Spec;
  /** Settings that are met after one projection. */
  readonly examples: readonly { readonly spec: Spec }[];
  /** Settings at which it does nothing at all, if there are any. */
  readonly off?: Spec;
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

/** Keras' 1e-7 beside the norm moves a weight that meets the constraint by about this much. */
const AT_REST: Tolerance = { relative: 1e-6, absolute: 1e-7 };

function project(spec: Spec, shape: readonly number[], values: ArrayLike<number>): Float64Array {
  const weight = variable({ name: "weight", shape });
  const constraint = createConstraint(spec);
  if (!constraint) throw new Error("switched off");
  const projected = constraint(weight);
  expect([projected.shape, projected.dtype]).toEqual([shape, "float32"]);
  return valuesOf([projected], new Map([[weight, values]]))[0];
}

export function describeConstraint(name: string, contract: ConstraintContract): void {
  const { make, examples, off, sentences } = contract;
  const cases = examples.flatMap(({ spec }) => KERNELS.map(({ shape }) => ({ spec, shape })));
  describe(`${name}, as every constraint,`, () => {
    it.each(cases)("changes a weight $shape, and then no more: $spec", ({ spec, shape }) => {
      const weights = someWeights(shape).map((value) => 3 * value);
      const once = project(spec, shape, weights);
      expect(once).not.toEqual(weights);
      expectClose(project(spec, shape, once), once, AT_REST);
    });

    it.each(cases)("leaves zeros as they are, $shape: $spec", ({ spec, shape }) => {
      const zeros = someWeights(shape).fill(0);
      expect(project(spec, shape, zeros)).toEqual(zeros);
    });

    const trained = NETWORKS.flatMap((net) =>
      [adam({ learningRate: 0.1 }), sgd({ learningRate: 0.5 })].flatMap((optimizer) =>
        examples.map(({ spec }) => ({ ...net, optimizer, spec })),
      ),
    );
    it.each(trained)(
      "is met by the kernel of $layer after training with $optimizer.kind: $spec",
      async ({ layers, optimizer, spec }) => {
        const without = await trainToy(layers({}), optimizer);
        const { model } = await trainToy(layers({ kernelConstraint: spec }), optimizer);
        const [{ shape, values }] = model.weights();
        expect(values).not.toEqual(without.model.weights()[0].values);
        expectClose(project(spec, shape, values), values, AT_REST);
      },
    );

    if (off) {
      it.each(NETWORKS)(
        "trains as without it at its off value, bit for bit: $layer",
        async (net) => {
          const parts = { kernelConstraint: off, biasConstraint: off };
          const without = await trainToy(net.layers({}), adam());
          const switchedOff = await trainToy(net.layers(parts), adam());
          expect(switchedOff.model.weights()).toEqual(without.model.weights());
        },
      );
    }

    it.each(examples)("survives JSON: $spec", ({ spec }) => {
      const parsed: unknown = JSON.parse(JSON.stringify(spec));
      expect(checkSpec({ who: "It", noun: "constraint" }, constraints, parsed)).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
