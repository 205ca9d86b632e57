/** @file Gradients against central finite differences, along random directions, in float64. */
import { expect } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import { gradients, ops, variable, type Tensor } from "../../src/graph/index.js";
import { randomStream, type RandomStream } from "../../src/util/index.js";

export type Values = ReadonlyMap<Tensor, Float64Array>;

const STEP = 1e-5;
const DIRECTIONS = 3;
/** Truncation and rounding of a central difference with that step, relative to the terms' sizes. */
const ACCURACY = 1e-6;

/** A scalar in which each element of `x` has a weight of its own, so that no two errors cancel. */
export function weighted(x: Tensor, stream: RandomStream): { sum: Tensor; weights: Values } {
  const weights = variable({ name: "weights", shape: x.shape });
  const drawn = Float64Array.from({ length: x.shape.reduce((a, b) => a * b, 1) }, () =>
    signed(stream),
  );
  return { sum: ops.sum(ops.multiply(x, weights)), weights: new Map([[weights, drawn]]) };
}

/** In [0.5, 1.5) or its negative: never so small that an error would hide. */
function signed(stream: RandomStream): number {
  const size = 0.5 + stream.uniform();
  return stream.below(2) === 0 ? size : -size;
}

/** Fails unless the gradient of `target` agrees with its differences. */
export function expectGradient(
  target: Tensor,
  withRespectTo: readonly Tensor[],
  values: Values,
): void {
  const slopes = evaluate(gradients(target, withRespectTo), values);
  const stream = randomStream(7, "directions");
  for (let i = 0; i < DIRECTIONS; i++) {
    const direction = slopes.map((slope) => slope.map(() => signed(stream)));
    const at = (step: number): number =>
      evaluate([target], shifted(values, withRespectTo, direction, step))[0][0];
    const numeric = (at(STEP) - at(-STEP)) / (2 * STEP);
    const terms = slopes.flatMap((slope, j) => [...slope.map((s, k) => s * direction[j][k])]);
    const analytic = terms.reduce((sum, term) => sum + term, 0);
    const size = terms.reduce((sum, term) => sum + Math.abs(term), 1);
    expect(Math.abs(analytic - numeric), `${analytic} against ${numeric}`).toBeLessThan(
      ACCURACY * size,
    );
  }
}

function shifted(
  values: Values,
  moved: readonly Tensor[],
  direction: readonly Float64Array[],
  step: number,
): Values {
  const result = new Map(values);
  moved.forEach((tensor, i) => {
    const from = values.get(tensor);
    if (from === undefined) throw new Error("a variable without a value");
    result.set(
      tensor,
      from.map((value, k) => value + step * direction[i][k]),
    );
  });
  return result;
}
