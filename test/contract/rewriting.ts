/** @file What every rewrite promises: a well-formed graph with the same shapes, dtypes and bits. */
import { expect } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import {
  describeTensor,
  isVariable,
  printGraph,
  topologicalOrder,
  verify,
  type Tensor,
} from "../../src/graph/index.js";
import { randomStream } from "../../src/util/index.js";
import { drawValues, findDifference } from "./values.js";

/** Bit patterns that a careless rule changes. */
const AWKWARD = [NaN, Infinity, -Infinity, 0, -0, 1, -1];

/**
 * Fails unless `after` computes what `before` computes, bit by bit.
 *
 * @param values - of the variables; without them, awkward and random ones are used
 */
export function expectSameProgram(
  before: readonly Tensor[],
  after: readonly Tensor[],
  values: ReadonlyMap<Tensor, Float64Array> = awkwardValues(before),
): void {
  verify(after);
  expect(after.map(describeTensor)).toEqual(before.map(describeTensor));
  const expected = evaluate(before, values);
  const actual = evaluate(after, values);
  expected.forEach((value, i) => {
    const difference = findDifference(actual[i], value);
    if (difference !== undefined) expect.fail(`root ${i}: ${difference}\n${printGraph(after)}`);
  });
}

/** Half of the elements awkward, half random. */
function awkwardValues(roots: readonly Tensor[]): Map<Tensor, Float64Array> {
  const stream = randomStream(4, "awkward");
  const values = new Map<Tensor, Float64Array>();
  for (const variable of topologicalOrder(roots).filter(isVariable)) {
    const float = variable.dtype === "float32";
    const drawn = drawValues({ ...variable, range: float ? [-2, 2] : [0, 1] }, stream);
    const awkward = (value: number): number =>
      float && stream.below(2) === 0 ? AWKWARD[stream.below(AWKWARD.length)] : value;
    values.set(variable, drawn.map(awkward));
  }
  return values;
}
