/**
 * @file Layer, group and RMS normalization: the contract of layers; PyTorch's and Keras' vectors
 * (golden_torch.json, keras_layers.json, torch_layers.json; float64).
 */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import type { LayerSpec } from "./define.js";
import { groupNormalization } from "./groupNormalization.js";
import { layerNormalization } from "./layerNormalization.js";
import { rmsNormalization } from "./rmsNormalization.js";

describeLayer("layerNormalization", {
  make: layerNormalization,
  examples: [
    { spec: layerNormalization(), inputShape: [5] },
    { spec: layerNormalization({ axis: [1, 3], center: false }), inputShape: [2, 3, 2] },
    { spec: layerNormalization({ axis: -2, scale: false, epsilon: 0.1 }), inputShape: [3, 2] },
  ],
  sentences: [
    [
      { axis: 0 },
      "LayerNormalization: axis must be a whole number, from 1 on or from -1 down, or a list of them; got 0. Axis 0 is that of the rows.",
    ],
    [{ axis: [] }, "LayerNormalization: axis must be a whole number"],
    [{ epsilon: 0 }, "LayerNormalization: epsilon must be a number in (0, 1]; got 0."],
    [{ centre: true }, 'LayerNormalization: Unknown parameter "centre"; did you mean "center"?'],
  ],
});

describeLayer("groupNormalization", {
  make: groupNormalization,
  examples: [
    { spec: groupNormalization({ groups: 2 }), inputShape: [2, 3, 4] },
    { spec: groupNormalization({ groups: 3, scale: false }), inputShape: [6] },
    { spec: groupNormalization({ groups: 2, axis: 1, center: false }), inputShape: [4, 3] },
  ],
  sentences: [
    [{ groups: 0 }, "GroupNormalization: groups must be a whole number of at least 1; got 0."],
    [{ axis: 1.5 }, "GroupNormalization: axis must be a whole number"],
  ],
});

describeLayer("rmsNormalization", {
  make: rmsNormalization,
  examples: [
    { spec: rmsNormalization(), inputShape: [5] },
    { spec: rmsNormalization({ axis: [1, 2], epsilon: 0.01 }), inputShape: [2, 3] },
  ],
  sentences: [
    [
      { axis: "last" },
      'RmsNormalization: axis must be a whole number, from 1 on or from -1 down, or a list of them; got "last".',
    ],
  ],
});

it("normalization refuses axes and groups that rows do not have", () => {
  const build = (spec: LayerSpec) => buildNetwork(nameLayers([spec]), [4, 6]);
  expect(() => build(layerNormalization({ axis: 3 }))).toThrow(
    "layerNormalization_1: axis must lie in 1 to 2, or -2 to -1, for rows of 2 axes; got 3.",
  );
  expect(() => build(layerNormalization({ axis: [1, -2] }))).toThrow(
    "layerNormalization_1: axis must name each axis once; got 1,-2.",
  );
  expect(() => build(groupNormalization({ groups: 4 }))).toThrow(
    "groupNormalization_1: groups must divide the 6 channels of its input; got 4.",
  );
});

interface Golden {
  readonly x: Nested;
  readonly dy: Nested;
  readonly y: Nested;
  readonly dx: Nested;
  /** In the layer's order: gamma, beta. */
  readonly weights: readonly Nested[];
  readonly gradients: readonly Nested[];
}

interface Stored extends Omit<Golden, "weights" | "gradients"> {
  readonly weights: Readonly<Record<string, Nested>>;
  readonly gradients: Readonly<Record<string, Nested>>;
}

const listed = (golden: Stored): Golden => ({
  ...golden,
  weights: Object.values(golden.weights),
  gradients: Object.values(golden.gradients),
});

const keras = readFixture<{ readonly layers: Readonly<Record<string, Stored>> }>("keras_layers");
const torchLayers = readFixture<Readonly<Record<"rms" | "group", Stored>>>("torch_layers");
type Flat = Omit<Golden, "weights" | "gradients"> &
  Readonly<Record<"gamma" | "beta" | "dgamma" | "dbeta", Nested>>;
const torch = readFixture<Readonly<Record<string, Flat>>>("golden_torch");
const ofTorch = (name: string): Golden => {
  const { gamma, beta, dgamma, dbeta, ...rest } = torch[name];
  return { ...rest, weights: [gamma, beta], gradients: [dgamma, dbeta] };
};

const CHANNELS_LAST = [0, 2, 3, 1];
const CHANNELS_FIRST = [0, 3, 1, 2];
const asIs = (x: Tensor): Tensor => x;

interface Case {
  readonly spec: LayerSpec;
  readonly golden: Golden;
  readonly channelsFirst?: boolean;
}

const CASES: Readonly<Record<string, Case>> = {
  "layer, PyTorch's epsilon": {
    spec: layerNormalization({ epsilon: 1e-5 }),
    golden: ofTorch("layernorm_eps1e-5"),
  },
  "layer, Keras' epsilon": {
    spec: layerNormalization(),
    golden: ofTorch("layernorm_eps1e-3_keras"),
  },
  "layer, by Keras": {
    spec: layerNormalization(),
    golden: listed(keras.layers.layerNormalization),
  },
  "layer over two axes, by Keras": {
    spec: layerNormalization({ axis: [1, 3] }),
    golden: listed(keras.layers.layerNormalization_axes),
  },
  "RMS, by Keras": { spec: rmsNormalization(), golden: listed(keras.layers.rmsNormalization) },
  "RMS, by PyTorch": { spec: rmsNormalization(), golden: listed(torchLayers.rms) },
  "group, by Keras": {
    spec: groupNormalization({ groups: 3 }),
    golden: listed(keras.layers.groupNormalization),
  },
  "group of vectors, by Keras": {
    spec: groupNormalization({ groups: 2 }),
    golden: listed(keras.layers.groupNormalization_vectors),
  },
  "group, by PyTorch": {
    spec: groupNormalization({ groups: 3, epsilon: 1e-5 }),
    golden: listed(torchLayers.group),
    channelsFirst: true,
  },
};

/**
 * Keras on JAX agrees with the exact value of a normalization only to about 1e-6, though everything is
 * float64 (why is not known); the vectors of PyTorch are exact.
 */
const KERAS = { relative: 2e-6, absolute: 2e-6 };
/** Gradients lose a few more digits than one evaluation. */
const GRADIENTS = { relative: 1e-11, absolute: 1e-13 };

describe("normalization has the reference's values and gradients:", () => {
  it.each(Object.entries(CASES))("%s", (name, { spec, golden, channelsFirst = false }) => {
    const last = channelsFirst ? (x: Tensor) => ops.transpose(x, CHANNELS_LAST) : asIs;
    const first = channelsFirst ? (x: Tensor) => ops.transpose(x, CHANNELS_FIRST) : asIs;
    const x = variable({ name: "x", shape: shapeOf(golden.x) });
    const dy = variable({ name: "dy", shape: x.shape });
    const input = last(x);
    const network = buildNetwork(nameLayers([spec]), input.shape.slice(1));
    const weights = network.weights.map((weight) => weight.variable);
    const values = new Map<Variable, number[]>([
      [x, flat(golden.x)],
      [dy, flat(golden.dy)],
      ...weights.map((weight, i): [Variable, number[]] => [weight, flat(golden.weights[i])]),
    ]);
    const y = first(network.apply(input, { training: true }).output);
    const slopes = gradients(ops.sum(ops.multiply(y, dy)), [x, ...weights]);
    const results = valuesOf([y, ...slopes], values);
    const isKeras = name.endsWith("by Keras");
    expectClose(results[0], flat(golden.y), isKeras ? KERAS : FLOAT64);
    const tolerance = isKeras ? KERAS : GRADIENTS;
    [golden.dx, ...golden.gradients].forEach((expected, i) => {
      expectClose(results[i + 1], flat(expected), tolerance);
    });
  });
});
