/** @file What every primitive promises, as tests on the float64 judge. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import {
  gradients,
  ops,
  primitives,
  sizeOf,
  variable,
  verify,
  type BinaryName,
  type Operation,
  type Tensor,
  type UnaryName,
} from "../../src/graph/index.js";
import { randomStream, UsageError, type RandomStream } from "../../src/util/index.js";
import { expectGradient, weighted, type Values } from "./differences.js";
import { binaryFormulas, unaryFormulas } from "./formulas.js";
import { opCases, type OpCase } from "./opCases.js";
import { opErrors } from "./opErrors.js";
import { drawValues, type InputSpec } from "./values.js";

/**
 * Registers the tests of one primitive: its shape rule and error sentences; its gradient and second
 * derivative against finite differences; closed forms of value and slope at kinks and extremes.
 */
export function describeOp(op: Operation): void {
  describe(op.name, () => {
    test("has cases, and sentences for what does not fit", () => {
      expect(opCases[op.name]).toBeDefined();
      expect(opErrors[op.name]).toBeDefined();
    });
    test.each(opErrors[op.name] ?? [])("%s", (sentence, build) => {
      expect(build).toThrow(new UsageError(sentence));
    });
    describe.each(opCases[op.name] ?? [])("$title", (opCase) => describeCase(opCase));
    if (isUnary(op.name) || isBinary(op.name)) {
      test("value and slope are the closed form's at range ends, kinks and extremes", () =>
        expectClosedForm(op));
    }
  });
}

function describeCase({ inputs: specs, build, stopsGradient = false }: OpCase): void {
  const inputs = specs.map(({ shape, dtype }, i) => variable({ name: `input${i}`, shape, dtype }));
  const result = build(inputs);
  const values = (): Values => distinctValues(specs, inputs, randomStream(1, "values"));
  const differentiable = inputs.filter(({ dtype }) => dtype === "float32");

  test("is well formed and has as many values as its shape says", () => {
    verify([result]);
    expect(evaluate([result], values())[0]).toHaveLength(sizeOf(result.shape));
  });
  if (differentiable.length === 0) return;
  if (result.dtype !== "float32" || stopsGradient) {
    test("passes no gradient", () => {
      const numbers = result.dtype === "float32" ? result : ops.cast(result, "float32");
      const slopes = evaluate(gradients(ops.sum(numbers), differentiable), values());
      expect(slopes.every((slope) => slope.every((value) => value === 0))).toBe(true);
    });
    return;
  }
  test("has the gradient and the second derivative of finite differences", () =>
    expectDerivatives(result, differentiable, values()));
}

function expectDerivatives(result: Tensor, inputs: readonly Tensor[], values: Values): void {
  const stream = randomStream(2, "weights");
  const first = weighted(result, stream);
  const at = new Map([...values, ...first.weights]);
  expectGradient(first.sum, inputs, at);
  const slopes = gradients(first.sum, inputs).map((slope) => weighted(slope, stream));
  const second = slopes.map(({ sum }) => sum).reduce((a, b) => ops.add(a, b));
  expectGradient(second, inputs, new Map([...at, ...slopes.flatMap((s) => [...s.weights])]));
}

/**
 * Values for each input. Those of float32 are all different, not 0, and further apart than the step of
 * a difference, so that no kink and no tie lies in between.
 */
function distinctValues(
  specs: readonly InputSpec[],
  inputs: readonly Tensor[],
  stream: RandomStream,
): Values {
  const count = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const even = count + (count % 2);
  const places = stream.permutation(even);
  let next = 0;
  return new Map(
    specs.map((spec, i) => {
      const [low, high] = spec.range;
      const place = (): number => low + ((high - low) * (places[next++] + 0.5)) / even;
      const drawn = drawValues(spec, stream);
      return [inputs[i], spec.dtype === "float32" ? drawn.map(place) : drawn];
    }),
  );
}

/** At all points, or all pairs of points, that the op's sample domain names. */
function expectClosedForm({ name, samples }: Operation): void {
  const { range = [], kinks = [], extremes = [] } = samples ?? {};
  const points = [...range, ...kinks, ...extremes];
  if (isUnary(name)) {
    const { value, slope } = unaryFormulas[name];
    const build = ([x]: readonly Tensor[]): Tensor => primitives[name](x);
    for (const x of points) expectAt(build, [x], [value(x), slope(x)]);
  }
  if (isBinary(name)) {
    const { value, slopes } = binaryFormulas[name];
    const build = ([a, b]: readonly Tensor[]): Tensor => primitives[name](a, b);
    for (const a of points) {
      for (const b of points) expectAt(build, [a, b], [value(a, b), ...slopes(a, b)]);
    }
  }
}

const isUnary = (name: string): name is UnaryName => name in unaryFormulas;
const isBinary = (name: string): name is BinaryName => name in binaryFormulas;

/** `expected`: the value, and the slope in each input. */
function expectAt(
  build: OpCase["build"],
  at: readonly number[],
  expected: readonly number[],
): void {
  const inputs = at.map((_, i) => variable({ name: `input${i}`, shape: [] }));
  const result = build(inputs);
  const values = new Map(inputs.map((input, i) => [input, Float64Array.of(at[i])]));
  const actual = evaluate([result, ...gradients(result, inputs)], values).map(([value]) => value);
  actual.forEach((value, i) => {
    const what = `${i === 0 ? "value" : `slope in input ${i - 1}`} at ${at.join(", ")}`;
    const size = Math.abs(expected[i]);
    // NaN and the infinities must be met exactly, all else to float64's accuracy.
    if (Number.isFinite(size)) {
      expect(Math.abs(value - expected[i]), what).toBeLessThanOrEqual(1e-12 * (1 + size));
    } else {
      expect(value, what).toBe(expected[i]);
    }
  });
}
