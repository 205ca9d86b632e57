/**
 * @file Pooling layers: the contract of layers; PyTorch's poolings with overlap, ties and padding
 * (golden_torch.json, float64); Keras' average with "same" padding (golden_keras.json).
 */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { engines } from "../../../test/contract/engines.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor } from "../../graph/index.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { averagePooling2d } from "./averagePooling2d.js";
import { globalAveragePooling2d } from "./globalAveragePooling2d.js";
import { maxPooling2d } from "./maxPooling2d.js";

const POOL_SENTENCES = [
  [{ poolSize: 1.5 }, "poolSize must be a whole number of at least 1, or two of them; got 1.5."],
  [
    { strides: 0 },
    'strides must be a whole number of at least 1, or two of them, or "poolSize"; got 0.',
  ],
  [{ poolsize: 2 }, 'Unknown parameter "poolsize"; did you mean "poolSize"?'],
] as const;

describe.each([
  ["maxPooling2d", "MaxPooling2d", maxPooling2d],
  ["averagePooling2d", "AveragePooling2d", averagePooling2d],
] as const)("%s", (name, title, make) => {
  describeLayer(name, {
    make,
    examples: [
      { spec: make(), inputShape: [4, 5, 2] },
      { spec: make({ poolSize: 3, strides: 2, padding: "same" }), inputShape: [4, 3, 1] },
      { spec: make({ poolSize: [1, 2], strides: [2, 1] }), inputShape: [3, 4] },
    ],
    sentences: POOL_SENTENCES.map(([options, sentence]) => [options, `${title}: ${sentence}`]),
  });

  it("halves each side by default, without its odd last row and column", () => {
    expect(buildNetwork(nameLayers([make()]), [5, 7, 3]).outputShape).toEqual([2, 3, 3]);
  });
});

describeLayer("globalAveragePooling2d", {
  make: globalAveragePooling2d,
  examples: [{ spec: globalAveragePooling2d(), inputShape: [3, 4, 5] }],
  sentences: [[{ keepdims: true }, 'GlobalAveragePooling2d: Unknown parameter "keepdims"']],
});

it("globalAveragePooling2d is the mean of each channel", () => {
  const network = buildNetwork(nameLayers([globalAveragePooling2d()]), [2, 2, 2]);
  const x = variable({ name: "x", shape: [1, 2, 2, 2] });
  const { output } = network.apply(x, {});
  const values = [1, 10, 2, 20, 3, 30, 6, 60];
  expect([...valuesOf([output], new Map([[x, values]]))[0]]).toEqual([3, 30]);
});

interface TorchCase {
  readonly x: Nested;
  readonly y: Nested;
  readonly dy: Nested;
  readonly dx: Nested;
}

const torch = readFixture<Readonly<Record<string, TorchCase>>>("golden_torch");
const PADDED = { size: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] } as const;

const POOLINGS: readonly (readonly [name: string, pool: (x: Tensor) => Tensor])[] = [
  ["maxpool2x2", (x) => ops.maxPool2d(x, { size: [2, 2] })],
  ["maxpool3_s2_overlap", (x) => ops.maxPool2d(x, { size: [3, 3], strides: [2, 2] })],
  ["maxpool_tie", (x) => ops.maxPool2d(x, { size: [2, 2] })],
  ["avgpool2x2", (x) => ops.averagePool2d(x, { size: [2, 2] })],
  ["avgpool_k3_s2_p1_countpad", (x) => ops.averagePool2d(x, { ...PADDED, countPadding: true })],
  ["avgpool_k3_s2_p1_nocountpad", (x) => ops.averagePool2d(x, PADDED)],
];

/** PyTorch has the channels first. */
function likeTorch(golden: TorchCase, pool: (x: Tensor) => Tensor) {
  const x = variable({ name: "x", shape: shapeOf(golden.x) });
  const dy = variable({ name: "dy", shape: shapeOf(golden.dy) });
  const y = ops.transpose(pool(ops.transpose(x, [0, 2, 3, 1])), [0, 3, 1, 2]);
  const [dx] = gradients(ops.sum(ops.multiply(y, dy)), [x]);
  const values = new Map([
    [x, flat(golden.x)],
    [dy, flat(golden.dy)],
  ]);
  return { outputs: [y, dx], values };
}

describe.each(POOLINGS)("%s", (name, pool) => {
  const golden = torch[name];
  const expected = [golden.y, golden.dx].map(flat);

  it("has PyTorch's values and gradient in float64", () => {
    const { outputs, values } = likeTorch(golden, pool);
    valuesOf(outputs, values).forEach((actual, i) => {
      expectClose(actual, expected[i], FLOAT64);
    });
  });

  it.each(engines)("has PyTorch's values and gradient on $name", async ({ create, tolerance }) => {
    const { outputs, values } = likeTorch(golden, pool);
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

it('averagePooling2d with "same" padding leaves the padding out, as Keras does', () => {
  const keras = readFixture<Readonly<Record<string, Nested>>>("golden_keras");
  const spec = averagePooling2d({ poolSize: 3, strides: 2, padding: "same" });
  const network = buildNetwork(nameLayers([spec]), [5, 5, 1]);
  const x = variable({ name: "x", shape: [1, 5, 5, 1] });
  const values = Array.from({ length: 25 }, (_, i) => i);
  const [actual] = valuesOf([network.apply(x, {}).output], new Map([[x, values]]));
  expectClose(actual, flat(keras.avgpool_same_k3s2_on_arange25_excludes_padding), FLOAT64);
});

it("max pooling lets a NaN through, and gives it the gradient", () => {
  const x = variable({ name: "x", shape: [1, 2, 2, 1] });
  const y = ops.maxPool2d(x, { size: [2, 2] });
  const outputs = [y, ...gradients(ops.sum(y), [x])];
  const [value, slope] = valuesOf(outputs, new Map([[x, [1, NaN, 3, NaN]]]));
  expect([...value]).toEqual([NaN]);
  expect([...slope]).toEqual([0, 1, 0, 0]);
});
