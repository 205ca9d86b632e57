/** @file What every layer promises: shapes, gradients, its off value, reproducible noise, clear errors. */
import { describe, expect, it } from "vitest";
import { gradients, ops, variable, type Tensor, type Variable } from "../../src/graph/index.js";
import type { ApplyContext, LayerSpec } from "../../src/nn/layers/define.js";
import { activation } from "../../src/nn/layers/activation.js";
import { buildNetwork, initialValues } from "../../src/nn/network.js";
import { nameLayers } from "../../src/nn/wiring.js";
import { randomStream } from "../../src/util/index.js";
import { expectClose, FLOAT64, valuesOf, type Tolerance } from "./numbers.js";

export interface LayerContract {
  /** Different settings, each with the shape of a row that it takes. */
  readonly examples: readonly {
    readonly spec: LayerSpec;
    readonly inputShape: readonly number[];
    /** If it takes whole numbers: how many there are. */
    readonly indices?: number;
  }[];
  readonly make: (options: never) => LayerSpec;
  /** True if it takes several inputs: it then gets two different ones. */
  readonly merges?: boolean;
  /** Settings at which the layer is the identity, bit for bit, in training too; for rows as in examples[0]. */
  readonly off?: LayerSpec;
  /** True if its output is random in training; in inference it must then do what `inference` says. */
  readonly random?: boolean;
  /**
   * What a random layer does in inference: nothing, or what it does on average in training. Default
   * "identity".
   */
  readonly inference?: "identity" | "mean";
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

const ROWS = 3;
/** Central differences in float64 with this step are exact to about its square. */
const STEP = 1e-5;
const DIFFERENCES: Tolerance = { relative: 1e-7, absolute: 1e-8 };

/** Numbers without pattern, of size about 1, none of them within STEP of a kink at 0. */
function someNumbers(length: number, stream: string): Float64Array {
  const random = randomStream(7, stream);
  return Float64Array.from({ length }, () => {
    const value = random.normal();
    return value + 0.01 * Math.sign(value);
  });
}

type Example = LayerContract["examples"][number] & { readonly merges?: boolean };

/** The layer alone, or behind two branches if it merges. */
function layersFor(spec: LayerSpec, merges = false): readonly LayerSpec[] {
  if (!merges) return [spec];
  const branches = (["tanh", "sigmoid"] as const).map((name) => ({
    ...activation({ activation: name }),
    inputs: ["input"],
  }));
  return [...branches, { ...spec, inputs: ["activation_1", "activation_2"] }];
}

function build({ spec, inputShape, indices, merges }: Example) {
  const network = buildNetwork(nameLayers(layersFor(spec, merges)), inputShape);
  const size = network.inputShape.reduce((product, length) => product * length, ROWS);
  const x = variable({ name: "x", shape: [ROWS, ...network.inputShape] });
  const values = new Map<Variable, ArrayLike<number>>([
    [x, indices === undefined ? someNumbers(size, "x") : someIndices(size, indices)],
  ]);
  network.weights.forEach(({ variable: weight, name, trainable }) => {
    const length = weight.shape.reduce((product, n) => product * n, 1);
    // Not after the layer: two layers of one spec must differ in nothing but their noise.
    const numbers = someNumbers(length, name.slice(name.indexOf("/")));
    // State such as a variance may have to be positive.
    values.set(weight, trainable ? numbers : numbers.map(Math.abs));
  });
  const trainable = network.weights.filter((weight) => weight.trainable);
  const variables = [
    ...(indices === undefined ? [x] : []),
    ...trainable.map(({ variable: weight }) => weight),
  ];
  return { network, x, values, variables };
}

const someIndices = (length: number, count: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => (7 * i + 1) % count);

/** The first row of a batch of values. */
const firstRow = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values).subarray(0, values.length / ROWS);

const noiseAt = (seed: number, step: number): ApplyContext => ({
  noise: { seed, step: ops.constant(step, "int32") },
  training: true,
});

/** Steps over which noise is averaged, and how many standard errors the average may be off. */
const DRAWS = 400;
const STANDARD_ERRORS = 6;

/** Fails unless the mean of each element over many steps is what it is without noise. */
function expectMeanOfNoise(example: LayerContract["examples"][number]): void {
  const { network, x, values } = build(example);
  const step = variable({ name: "step", shape: [], dtype: "int32" });
  const noisy = network.apply(x, { noise: { seed: 1, step } }).output;
  const [quiet] = valuesOf([network.apply(x, {}).output], values);
  const draws = Array.from(
    { length: DRAWS },
    (_, i) => valuesOf([noisy], new Map([...values, [step, [i]]]))[0],
  );
  quiet.forEach((expected, i) => {
    const mean = draws.reduce((sum, draw) => sum + draw[i], 0) / DRAWS;
    const variance = draws.reduce((sum, draw) => sum + (draw[i] - mean) ** 2, 0) / (DRAWS - 1);
    const allowed = STANDARD_ERRORS * Math.sqrt(variance / DRAWS);
    expect(Math.abs(mean - expected), `element ${i}`).toBeLessThanOrEqual(allowed);
  });
}

/** The derivative of a scalar by central differences, one for each element of a variable. */
function differences(
  scalar: Tensor,
  by: Variable,
  values: ReadonlyMap<Variable, ArrayLike<number>>,
): number[] {
  const start = Float64Array.from(values.get(by) ?? []);
  const at = (index: number, change: number): number => {
    const moved = start.slice();
    moved[index] += change;
    return valuesOf([scalar], new Map([...values, [by, moved]]))[0][0];
  };
  return [...start.keys()].map((i) => (at(i, STEP) - at(i, -STEP)) / (2 * STEP));
}

/** A scalar in which each output has a weight of its own, so that no error cancels another. */
function weightedSum(output: Tensor): Tensor {
  const factors = output.shape.reduce((product, n) => product * n, 1);
  const ramp = ops.add(ops.multiply(ops.cast(ops.iota([factors], 0), "float32"), 0.37), 0.5);
  return ops.sum(ops.multiply(ops.reshape(output, [factors]), ramp));
}

export function describeLayer(name: string, contract: LayerContract): void {
  const { make, off, random = false, inference = "identity", merges = false, sentences } = contract;
  const examples = contract.examples.map((example) => ({ ...example, merges }));
  describe(`${name}, as every layer,`, () => {
    it.each(examples)("has the declared output shape: $spec", (example) => {
      const { network, x } = build(example);
      const { output } = network.apply(x, noiseAt(1, 0));
      expect(output.shape).toEqual([ROWS, ...network.outputShape]);
      expect(output.dtype).toBe("float32");
    });

    describe.each([
      ["training", noiseAt(1, 0)],
      ["inference", {}],
    ])("in %s", (_, context) => {
      it.each(examples)("has the gradients of finite differences: $spec", (example) => {
        const { network, x, values, variables } = build(example);
        const scalar = weightedSum(network.apply(x, context).output);
        const exact = valuesOf(gradients(scalar, variables), values);
        variables.forEach((by, i) => {
          expectClose(exact[i], differences(scalar, by, values), DIFFERENCES);
        });
      });
    });

    it.each(examples)("updates what is not trainable, in training alone: $spec", (example) => {
      const { network, x } = build(example);
      const state = network.weights.flatMap((w) => (w.trainable ? [] : [w.variable]));
      const { updates } = network.apply(x, noiseAt(1, 0));
      expect(new Set(updates.keys())).toEqual(new Set(state));
      updates.forEach((value, updated) => {
        expect(value.shape).toEqual(updated.shape);
      });
      expect(network.apply(x, {}).updates.size).toBe(0);
    });

    it.each(examples)("treats each row by itself in inference: $spec", (example) => {
      const { network, x, values } = build(example);
      const alone = variable({ name: "x", shape: [1, ...network.inputShape] });
      const row = firstRow(values.get(x) ?? []);
      const [one] = valuesOf([network.apply(alone, {}).output], new Map([...values, [alone, row]]));
      const [all] = valuesOf([network.apply(x, {}).output], values);
      expectClose(one, firstRow(all), FLOAT64);
    });

    it.each(examples)("gives the same bits for the same seed and step: $spec", (example) => {
      const outputs = [1, 2].map(() => {
        const { network, x, values } = build(example);
        return valuesOf([network.apply(x, noiseAt(1, 5)).output], values)[0];
      });
      expect(outputs[0]).toEqual(outputs[1]);
    });

    it.each(examples)("gets the same initial weights from the same seed: $spec", (example) => {
      const { network } = build(example);
      expect(initialValues(network, 3)).toEqual(initialValues(build(example).network, 3));
    });

    it.each(examples)("survives JSON: $spec", ({ spec }) => {
      const parsed = JSON.parse(JSON.stringify(spec)) as LayerSpec;
      const named = nameLayers(layersFor(parsed, merges));
      const { definition, values } = named[named.length - 1];
      expect({ kind: definition.kind, ...values }).toEqual(spec);
    });

    if (random && inference === "identity") {
      it.each(examples)("is the identity in inference: $spec", (example) => {
        const { network, x } = build(example);
        expect(network.apply(x, {}).output).toBe(x);
      });
    }

    if (random && inference === "mean") {
      it.each(examples)("gives in inference what noise gives on average: $spec", (example) => {
        expectMeanOfNoise(example);
      });
    }

    if (random) {
      it.each(examples)("draws new noise for another step, seed or layer: $spec", (example) => {
        // Eight steps each: a layer that draws one bit a row has few different outputs.
        const outputsFrom = (first: number, seed: number, spec: LayerSpec): string => {
          const { network, x, values } = build({ ...example, spec });
          const steps = Array.from({ length: 8 }, (_, i) => noiseAt(seed, first + i));
          const outputs = steps.map((context) => network.apply(x, context).output);
          return String(valuesOf(outputs, values));
        };
        const outputs = [
          outputsFrom(0, 1, example.spec),
          outputsFrom(8, 1, example.spec),
          outputsFrom(0, 2, example.spec),
          outputsFrom(0, 1, { ...example.spec, name: "other" }),
        ];
        expect(new Set(outputs).size).toBe(4);
      });
    }

    if (off) {
      it("is the identity at its off value, in training too", () => {
        const { network, x } = build({ spec: off, inputShape: examples[0].inputShape });
        expect(network.apply(x, noiseAt(1, 0)).output).toBe(x);
      });
    }

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
