/**
 * @file Conv2d: the contract of layers; PyTorch's convolutions (golden_torch.json, and dilated ones in
 * golden_dilation.json, both float64); Keras' asymmetric "same" padding (golden_keras.json).
 */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { engines } from "../../../test/contract/engines.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { buildNetwork } from "../network.js";
import { pairOf } from "../parameters.js";
import { nameLayers } from "../wiring.js";
import { conv2d } from "./conv2d.js";

describeLayer("conv2d", {
  make: conv2d,
  examples: [
    { spec: conv2d({ filters: 3, kernelSize: 2 }), inputShape: [4, 3, 2] },
    { spec: conv2d({ filters: 2, kernelSize: [1, 3], activation: "tanh" }), inputShape: [3, 4] },
    {
      spec: conv2d({ filters: 1, kernelSize: 3, strides: 2, padding: "same" }),
      inputShape: [4, 5, 1],
    },
    {
      spec: conv2d({ filters: 2, kernelSize: 2, dilationRate: [1, 2], useBias: false }),
      inputShape: [3, 4, 1],
    },
  ],
  sentences: [
    [{ kernelSize: 3 }, "Conv2d: filters must be given; got nothing."],
    [{ filters: 2 }, "Conv2d: kernelSize must be given; got nothing."],
    [
      { filters: 2, kernelSize: 0 },
      "Conv2d: kernelSize must be a whole number of at least 1, or two of them; got 0.",
    ],
    [
      { filters: 2, kernelSize: [3, 3, 3] },
      "Conv2d: kernelSize must be a whole number of at least 1, or two of them; got [3, 3, 3].",
    ],
    [{ filters: 2, kernelSize: 3, padding: "some" }, 'Conv2d: Unknown padding "some"'],
    [
      { filters: 2, kernelSize: 3, strides: 2, dilationRate: 2 },
      "Conv2d: strides or dilationRate must be 1; got both larger.",
    ],
  ],
});

describe("conv2d", () => {
  const build = (spec: ReturnType<typeof conv2d>, shape: readonly number[]) =>
    buildNetwork(nameLayers([spec]), shape);

  it("reads rows of two axes as images of one channel", () => {
    const network = build(conv2d({ filters: 32, kernelSize: 3 }), [28, 28]);
    expect(network.inputShape).toEqual([28, 28, 1]);
    expect(network.outputShape).toEqual([26, 26, 32]);
    expect(network.weights[0].variable.shape).toEqual([3, 3, 1, 32]);
  });

  it("refuses images that are smaller than its kernel, and vectors", () => {
    expect(() => build(conv2d({ filters: 1, kernelSize: 5 }), [4, 6, 1])).toThrow(
      "conv2d_1: windows of 5 x 5 must fit into the image; got one of 4 x 6. " +
        'Use smaller windows, or padding "same".',
    );
    expect(() => build(conv2d({ filters: 1, kernelSize: 5 }), [784])).toThrow(
      "conv2d_1: a row of its input must have 3 axes; got [784].",
    );
  });
});

interface TorchCase {
  /** Down and across; one number is both. */
  readonly stride: number | readonly [number, number];
  readonly padding: number | readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly x: Nested;
  readonly w: Nested;
  readonly b: Nested;
  readonly y: Nested;
  readonly dy: Nested;
  readonly dx: Nested;
  readonly dw: Nested;
  readonly db: Nested;
}

type TorchCases = Readonly<Record<string, TorchCase>>;
const torch: TorchCases = {
  ...readFixture<TorchCases>("golden_torch"),
  ...readFixture<TorchCases>("golden_dilation"),
};
const keras = readFixture<Readonly<Record<string, Nested>>>("golden_keras");

/** PyTorch's layouts are ours with the axes in another order. */
const TO_CHANNELS_LAST = [0, 2, 3, 1];
const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_HEIGHT_FIRST = [2, 3, 1, 0];

function likeTorch(golden: TorchCase) {
  const [down, across] = pairOf(golden.padding);
  const of = (name: "x" | "w" | "b" | "dy"): Variable =>
    variable({ name, shape: shapeOf(golden[name]) });
  const [x, w, b, dy] = (["x", "w", "b", "dy"] as const).map(of);
  const z = ops.conv2d(ops.transpose(x, TO_CHANNELS_LAST), ops.transpose(w, TO_HEIGHT_FIRST), {
    strides: pairOf(golden.stride),
    padding: [down, down, across, across],
    dilation: golden.dilation ?? [1, 1],
  });
  const y = ops.transpose(ops.add(z, b), TO_CHANNELS_FIRST);
  const slopes = gradients(ops.sum(ops.multiply(y, dy)), [x, w, b]);
  const values = new Map(
    [x, w, b, dy].map((v) => [v, flat(golden[v.attributes.name as "x"])] as const),
  );
  return { outputs: [y, ...slopes], values };
}

const TORCH_CASES = [
  "conv2d_s1p0",
  "conv2d_s2p1",
  "conv2d_s1p1_k3_H4",
  "conv2d_1x1",
  "conv2d_d2",
  "conv2d_d2x1_p1",
  "conv2d_s2_d3",
];

describe.each(TORCH_CASES)("%s", (name) => {
  const golden = torch[name];
  const expected = [golden.y, golden.dx, golden.dw, golden.db].map(flat);

  it("has PyTorch's values and gradients in float64", () => {
    const { outputs, values } = likeTorch(golden);
    valuesOf(outputs, values).forEach((actual, i) => {
      expectClose(actual, expected[i], FLOAT64);
    });
  });

  it.each(engines)("has PyTorch's values and gradients on $name", async ({ create, tolerance }) => {
    const { outputs, values } = likeTorch(golden);
    const engine = await create();
    values.forEach((given, v) => {
      engine.write(v, given);
    });
    const program = await engine.compile({ name, outputs });
    program.run();
    outputs.forEach((output, i) => {
      expectClose(program.read(output), expected[i], tolerance);
    });
  });
});

describe('"same" padding with strides of 2', () => {
  const sums = (size: number): Tensor => {
    const shape = [1, size, size, 1];
    const x = ops.reshape(ops.cast(ops.iota([size * size], 0), "float32"), shape);
    const ones = ops.reshape(
      ops.add(ops.multiply(ops.cast(ops.iota([9], 0), "float32"), 0), 1),
      [3, 3, 1, 1],
    );
    return ops.conv2d(x, ones, { strides: [2, 2], padding: "same" });
  };
  it.each([
    [5, "conv_same_stride2_on_5x5_ones3x3"],
    [4, "conv_same_stride2_on_4x4_ones3x3_ASYMMETRIC_padding"],
  ])("is Keras' on %i x %i", (size, name) => {
    expectClose(valuesOf([sums(size)])[0], flat(keras[name]), FLOAT64);
  });
});
