/**
 * @file Spectral normalization: Keras' training steps (keras_layers.json, float64), a kernel with known
 * singular values, and inference.
 */
import { describe, expect, it } from "vitest";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Variable } from "../../graph/index.js";
import { conv2d } from "../layers/conv2d.js";
import type { LayerSpec } from "../layers/define.js";
import { dense } from "../layers/dense.js";
import { buildNetwork, initialValues } from "../network.js";
import { nameLayers } from "../wiring.js";
import { spectralNormalization } from "./spectralNormalization.js";

interface Golden {
  readonly kernel: Nested;
  readonly u: Nested;
  readonly x: Nested;
  readonly steps: readonly Readonly<Record<"dy" | "y" | "u" | "dkernel" | "dx", Nested>>[];
}
const keras =
  readFixture<Readonly<Record<"spectral_dense" | "spectral_conv2d", Golden>>>("keras_layers");
const options = { useBias: false, kernelReparametrization: spectralNormalization() };

describe("spectral normalization", () => {
  it.each([
    ["spectral_dense", dense({ units: 3, ...options })],
    ["spectral_conv2d", conv2d({ filters: 4, kernelSize: 2, ...options })],
  ] as const)("has Keras' steps: %s", (name, spec: LayerSpec) => {
    const golden = keras[name];
    const shape = shapeOf(golden.x);
    const network = buildNetwork(nameLayers([spec]), shape.slice(1));
    const [kernel, u] = network.weights.map((weight) => weight.variable);
    const x = variable({ name: "x", shape });
    const dy = variable({ name: "dy", shape: shapeOf(golden.steps[0].dy) });
    const { output, updates } = network.apply(x, { training: true });
    const slopes = gradients(ops.sum(ops.multiply(output, dy)), [kernel, x]);
    const values = new Map<Variable, ArrayLike<number>>([
      [kernel, flat(golden.kernel)],
      [u, flat(golden.u)],
      [x, flat(golden.x)],
    ]);
    for (const step of golden.steps) {
      values.set(dy, flat(step.dy));
      const results = valuesOf([output, ...slopes, updates.get(u) ?? u], values);
      [step.y, step.dkernel, step.dx, step.u].forEach((expected, i) => {
        expectClose(results[i], flat(expected), { ...FLOAT64, absolute: 1e-13 });
      });
      values.set(u, results[3]);
    }
  });

  it("ends at a kernel whose largest singular value is 1", () => {
    const network = buildNetwork(nameLayers([dense({ units: 2, ...options })]), [2]);
    const [kernel, u] = network.weights.map((weight) => weight.variable);
    const x = variable({ name: "x", shape: [2, 2] });
    // A rotation by 45 degrees behind diag(3, 1): its singular values are 3 and 1.
    const rotated = [3, 3, -1, 1].map((value) => value * Math.SQRT1_2);
    const values = new Map<Variable, ArrayLike<number>>([
      [x, [1, 0, 0, 1]],
      [kernel, rotated],
      [u, [1, 0]],
    ]);
    const { updates } = network.apply(x, { training: true });
    for (let step = 0; step < 20; step++) {
      values.set(u, valuesOf([updates.get(u) ?? u], values)[0]);
    }
    const [used] = valuesOf([network.apply(x, {}).output], values);
    expectClose(
      used,
      rotated.map((value) => value / 3),
      { ...FLOAT64, absolute: 1e-14 },
    );
  });

  it("keeps its state out of training, and divides in inference without moving it", () => {
    const network = buildNetwork(nameLayers([dense({ units: 3, ...options })]), [4]);
    expect(network.weights.map(({ name, trainable }) => [name, trainable])).toEqual([
      ["dense_1/kernel", true],
      ["dense_1/u", false],
    ]);
    const x = variable({ name: "x", shape: [1, 4] });
    expect(network.apply(x, {}).updates.size).toBe(0);
    expect(initialValues(network, 1)[1].every((value) => value !== 0)).toBe(true);
  });

  it("survives JSON, and refuses what it does not know", () => {
    const spec = dense({ units: 3, ...options });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(() => spectralNormalization({ powerIterations: 0 })).toThrow(
      "SpectralNormalization: powerIterations must be a whole number of at least 1; got 0.",
    );
    expect(() => dense({ units: 1, kernelReparametrization: { kind: "spectral" } })).toThrow(
      'Unknown reparametrization "spectral"',
    );
  });
});
