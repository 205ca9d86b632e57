/** @file All passes together and each alone, on random programs and their gradients: the same bits. */
import { describe, expect, test } from "vitest";
import { randomGraph } from "../../../test/contract/randomGraph.js";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import * as ops from "../functions.js";
import { gradients } from "../gradients.js";
import { isVariable } from "../ops/variable.js";
import { topologicalOrder, type Tensor } from "../tensor.js";
import { foldConstants } from "./foldConstants.js";
import { hoistBroadcasts } from "./hoistBroadcasts.js";
import { optimize } from "./optimize.js";
import { recoverMasks } from "./recoverMasks.js";
import { shareSubexpressions } from "./shareSubexpressions.js";
import { simplify } from "./simplify.js";

const GRAPHS = 250;
const GRAPHS_A_PASS = 100;

/** The program's outputs and updates, and the gradients of its outputs' sum in all its variables. */
function withGradients(seed: number) {
  const { outputs, updates, values, description } = randomGraph(seed);
  const floats = outputs.filter(({ dtype }) => dtype === "float32");
  const target = floats.map((output) => ops.sum(output)).reduce(ops.add, ops.constant(0));
  const variables = [...values.keys()].filter(({ dtype }) => dtype === "float32");
  const roots = [...outputs, ...updates.values(), ...gradients(target, variables)];
  return { roots, values, description };
}

describe("random programs with gradients keep their bits under", () => {
  function expectSame(graphs: number, pass: (roots: readonly Tensor[]) => Tensor[]): void {
    for (let seed = 0; seed < graphs; seed++) {
      const { roots, values } = withGradients(seed);
      expectSameProgram(roots, pass(roots), values);
    }
  }
  const passes = { simplify, hoistBroadcasts, foldConstants, shareSubexpressions };
  test.each(Object.entries(passes))("%s", (_, pass) => expectSame(GRAPHS_A_PASS, pass));
  test("recoverMasks, after simplify", () =>
    expectSame(GRAPHS_A_PASS, (roots) => recoverMasks(simplify(roots))));
  test("optimize", () => expectSame(GRAPHS, optimize));
});

test("optimize comes to rest: a second time it finds nothing to do", () => {
  for (let seed = 0; seed < GRAPHS_A_PASS; seed++) {
    const { roots, description } = withGradients(seed);
    const after = optimize(roots);
    optimize(after).forEach((root, i) => expect(root, description).toBe(after[i]));
  }
});

test("roots keep their order; equal roots become one node; what is already best stays", () => {
  const x = ops.variable({ name: "x", shape: [3] });
  const roots: Tensor[] = [ops.add(x, 1), x, ops.add(x, 1), ops.stopGradient(x)];
  const [first, second, third, fourth] = optimize(roots);
  expect(first).toBe(third);
  expect([second, fourth]).toEqual([x, x]);
  expect(optimize([first])[0]).toBe(first);
});

test("a chain of rules across passes comes to its end: 2 * (0.25 + 0.25) * x is x", () => {
  const x = ops.variable({ name: "x", shape: [3, 4] });
  const half = ops.broadcastTo(ops.add(ops.constant(0.25), 0.25), [3, 4]);
  const one = ops.multiply(half, ops.broadcastTo(ops.constant(2), [3, 4]));
  expect(optimize([ops.multiply(one, x)])[0]).toBe(x);
});

test("Adam's step size is computed once, on scalars, from the counter", () => {
  const weights = ops.variable({ name: "weights", shape: [64, 32] });
  const count = ops.variable({ name: "count", shape: [], dtype: "int32" });
  const steps = ops.cast(ops.broadcastTo(ops.add(count, 1), weights.shape), "float32");
  const correction = ops.subtract(1, ops.exp(ops.multiply(steps, Math.log(0.999))));
  const [after] = optimize([ops.divide(weights, ops.sqrt(correction))]);
  const large = topologicalOrder([after]).filter(({ shape }) => shape.length === 2);
  expect(large.map(({ op }) => op.name)).toEqual(["variable", "broadcast", "divide"]);
  expect(large.filter(isVariable)).toEqual([weights]);
});
