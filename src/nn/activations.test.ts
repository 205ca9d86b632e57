/**
 * @file Activations: Keras' values and slopes (keras_layers.json, float64), and their edges: kinks,
 * inputs at which a careless formula overflows or cancels, and NaN.
 */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { readFixture } from "../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../test/contract/numbers.js";
import { gradients, ops, variable } from "../graph/index.js";
import { activationNames, activations, type ActivationName } from "./activations.js";

interface Golden {
  readonly activations: Readonly<
    Record<ActivationName, Readonly<Record<"x" | "y" | "factors" | "dx", readonly number[]>>>
  >;
}
const keras = readFixture<Golden>("keras_layers").activations;

/** The values at some inputs, and the slopes of their sum with the factors. */
function build(name: ActivationName, inputs: readonly number[], factors = inputs.map(() => 1)) {
  const x = variable({ name: "x", shape: [1, inputs.length] });
  const weights = variable({ name: "factors", shape: x.shape });
  const y = activations[name].apply(x);
  const [dx] = gradients(ops.sum(ops.multiply(y, weights)), [x]);
  const values = new Map([
    [x, inputs],
    [weights, factors],
  ]);
  return { outputs: [y, dx], values };
}

function at(name: ActivationName, inputs: readonly number[]): number[][] {
  const { outputs, values } = build(name, inputs);
  return valuesOf(outputs, values).map((each) => [...each]);
}

describe.each(activationNames)("%s", (name) => {
  const { x, y, factors, dx } = keras[name];

  it("has Keras' values and slopes in float64", () => {
    const { outputs, values } = build(name, x, [...factors]);
    const [value, slope] = valuesOf(outputs, values);
    // JAX's float64 tanh is off by 1e-8, 20 times that in slopes; its exact values are in the contract of its primitive.
    const absolute = name === "tanh" ? 1e-5 : 1e-14;
    expectClose(value, y, { ...FLOAT64, absolute });
    expectClose(slope, dx, { ...FLOAT64, absolute });
  });

  it.each(engines)("has Keras' values and slopes on $name", async ({ create, tolerance }) => {
    const { outputs, values } = build(name, x, [...factors]);
    const engine = await create();
    values.forEach((given, v) => engine.write(v, given));
    const program = await engine.compile({ name, outputs });
    program.run();
    expectClose(program.read(outputs[0]), y, tolerance);
    // Slopes times factors of up to 20.
    expectClose(program.read(outputs[1]), dx, { ...tolerance, absolute: 20 * tolerance.absolute });
  });

  it("stays finite for inputs of 0, +-800 and 1e30, in value and slope", () => {
    expect(at(name, [0, 800, -800, 1e30, -1e30]).flat().every(Number.isFinite)).toBe(true);
  });

  it("gives NaN for NaN, in value and slope", () => {
    const [value, slope] = at(name, [NaN]);
    expect(value).toEqual([NaN]);
    if (!["linear", "leakyRelu", "relu", "relu6", "hardSigmoid"].includes(name)) {
      expect(slope).toEqual([NaN]);
    }
  });
});

describe("activations", () => {
  it("softmax of far apart inputs is a limit, not NaN", () => {
    expect(at("softmax", [1000, 0, -1000])[0]).toEqual([1, 0, 0]);
    expect(at("softmax", [-800, -800])[0]).toEqual([0.5, 0.5]);
  });

  it("keep the left side's slope at a kink in 0", () => {
    const slopes = (["relu", "relu6", "leakyRelu", "elu"] as const).map(
      (name) => at(name, [0])[1][0],
    );
    expect(slopes).toEqual([0, 0, 0.2, 1]);
    expectClose(at("selu", [0])[1], [1.0507009873554805 * 1.6732632423543772], FLOAT64);
  });

  it("softplus has the slope 1/2 at 0, where its stable form has two kinks", () => {
    expect(at("softplus", [0])).toEqual([[Math.LN2], [0.5]]);
  });

  it("relu has the gradient 0 at 0 (golden_torch.json, relu_zero)", () => {
    interface Zero {
      readonly relu_zero: { readonly x: readonly number[]; readonly dx: readonly number[] };
    }
    const golden = readFixture<Zero>("golden_torch").relu_zero;
    expect(at("relu", golden.x)[1]).toEqual(golden.dx);
  });

  it("gelu and softplus keep their digits in float32 where they are small", async () => {
    const [{ create }] = engines.filter(({ computesIn }) => computesIn === "float32");
    const engine = await create();
    for (const name of ["gelu", "softplus"] as const) {
      const points = keras[name].x.flatMap((x, i) => (x < 0 && x > -7 ? [i] : []));
      const { outputs, values } = build(
        name,
        points.map((i) => keras[name].x[i]),
      );
      values.forEach((given, v) => engine.write(v, given));
      const program = await engine.compile({ name, outputs });
      program.run();
      const expected = points.map((i) => keras[name].y[i]);
      expectClose(program.read(outputs[0]), expected, { relative: 5e-6, absolute: 0 });
    }
  });
});
