/** @file Masks are recovered from stored activations, with the same bits, in every form in which they occur. */
import { describe, expect, test } from "vitest";
import { expectSameProgram } from "../../../test/contract/rewriting.js";
import { drawValues } from "../../../test/contract/values.js";
import { randomStream } from "../../util/index.js";
import { gradients } from "../gradients.js";
import * as ops from "../functions.js";
import { isVariable, type Variable } from "../ops/variable.js";
import { printGraph } from "../print.js";
import { sameShape, topologicalOrder, type Tensor } from "../tensor.js";
import { uniformValue } from "./match.js";
import { optimize } from "./optimize.js";
import { recoverMasks } from "./recoverMasks.js";
import { simplify } from "./simplify.js";

const [rows, features, units, classes] = [6, 7, 9, 3];
const of = (name: string, ...shape: number[]): Variable => ops.variable({ name, shape });
const counter = ops.variable({ name: "counter", shape: [], dtype: "int32" });

function keepMask(like: Tensor, key: number): Tensor {
  return ops.less(ops.randomBits(counter, { shape: like.shape, key: [key, 0] }), 32_768);
}

/** Ways to write dropout of `a` at a rate of 1 - 1/scale. */
const forms: readonly [string, (a: Tensor, keep: Tensor, scale: number) => Tensor][] = [
  ["select(keep, a * c, 0)", (a, keep, c) => ops.select(keep, ops.multiply(a, c), 0)],
  ["select(keep, c * a, 0)", (a, keep, c) => ops.select(keep, ops.multiply(c, a), 0)],
  ["select(keep, a, 0) * c", (a, keep, c) => ops.multiply(ops.select(keep, a, 0), c)],
  ["c * select(keep, a, 0)", (a, keep, c) => ops.multiply(c, ops.select(keep, a, 0))],
];

interface Network {
  readonly loss: Tensor;
  readonly gradients: readonly Tensor[];
}

/** Two hidden layers with relu and dropout, and a loss that depends on every output in its own way. */
function network(dropped: (typeof forms)[number][1], scale: number, relu = ops.relu): Network {
  const [x, w1, b1] = [of("x", rows, features), of("w1", features, units), of("b1", units)];
  const [w2, b2, w3] = [of("w2", units, units), of("b2", units), of("w3", units, classes)];
  const z1 = ops.add(ops.matMul(x, w1), b1);
  const a1 = relu(z1);
  const h1 = dropped(a1, keepMask(a1, 1), scale);
  const z2 = ops.add(ops.matMul(h1, w2), b2);
  const a2 = relu(z2);
  const h2 = dropped(a2, keepMask(a2, 2), scale);
  const logits = ops.matMul(h2, w3);
  const loss = ops.mean(ops.square(ops.tanh(logits)));
  return { loss, gradients: gradients(loss, [w1, b1, w2, b2, w3]) };
}

/** Some values NaN, infinite or 0, so that pre-activations are all of these too. */
function values(roots: readonly Tensor[], awkward: readonly number[]): Map<Tensor, Float64Array> {
  const stream = randomStream(5, "network");
  return new Map(
    topologicalOrder(roots)
      .filter(isVariable)
      .map((v) => {
        const drawn = drawValues({ ...v, range: v.dtype === "int32" ? [3, 3] : [-1, 1] }, stream);
        if (v.attributes.name === "b1") drawn.set(awkward);
        return [v, drawn];
      }),
  );
}

/** The edges from nodes that only the gradients need to nodes that the loss needs, by printed target. */
function readByBackward(forward: Tensor, backward: readonly Tensor[]): Set<Tensor> {
  const ahead = new Set(topologicalOrder([forward]));
  const behind = topologicalOrder(backward).filter((node) => !ahead.has(node));
  return new Set(behind.flatMap((node) => node.inputs.filter((input) => ahead.has(input))));
}

describe.each(forms)("dropout as %s", (_, dropped) => {
  test.each([1, 1.25, 2])("at scale %d: the backward pass reads activations only", (scale) => {
    const { loss, gradients: slopes } = network(dropped, scale);
    const [forward, ...backward] = optimize([loss, ...slopes]);
    const read = readByBackward(forward, backward);
    const hidden = [...read].filter(
      (node) => sameShape(node.shape, [rows, units]) && uniformValue(node) === undefined,
    );
    // The two dropped activations: no mask, no bits, no activation before dropout or before relu.
    const kinds = hidden.map(({ op }) => op.name);
    expect(kinds, printGraph([forward, ...backward])).toEqual(["select", "select"]);
    const maxima = topologicalOrder([forward]).filter(({ op }) => op.name === "maximum");
    expect(maxima).toHaveLength(2);
  });

  test.each<[string, number[]]>([
    ["ordinary numbers", []],
    ["NaN, infinities and zeros", [NaN, Infinity, -Infinity, 0, -0]],
  ])("gives the same bits for %s", (_name, awkward) => {
    const { loss, gradients: slopes } = network(dropped, 1.25);
    const roots = simplify([loss, ...slopes]);
    expectSameProgram(roots, recoverMasks(roots), values(roots, awkward));
    expectSameProgram([loss, ...slopes], optimize([loss, ...slopes]), values(roots, awkward));
  });
});

test("relu without dropout: the sign is read from the activation, not the pre-activation", () => {
  const { loss, gradients: slopes } = network((a) => a, 1);
  const [forward, ...backward] = optimize([loss, ...slopes]);
  const read = [...readByBackward(forward, backward)].map(({ op }) => op.name);
  expect(read).toContain("maximum");
  expect(read).not.toContain("add");
});

test("relu as maximum(0, x) is recognised too", () => {
  const { loss, gradients: slopes } = network(forms[0][1], 2, (x) => ops.maximum(0, x));
  // Its gradient at 0 differs: there the whole of it goes to x.
  const [forward, ...backward] = optimize([loss, ...slopes]);
  expectSameProgram([loss, ...slopes], [forward, ...backward]);
});

describe("leaves", () => {
  const x = of("x", 4);
  const g = of("g", 4);
  const keep = ops.less(of("u", 4), 0.5);
  const positive = (a: Tensor): Tensor => ops.less(0, a);
  /** The rewritten graph still reads `x` in its comparison. */
  const readsSignOf = (roots: readonly Tensor[], a: Tensor): boolean =>
    topologicalOrder(recoverMasks(roots)).some(
      ({ op, inputs }) => op.name === "less" && inputs[1] === a,
    );

  test("x > 0 where no max(x, 0) is computed anyway", () => {
    expect(readsSignOf([ops.select(positive(x), g, 0)], x)).toBe(true);
    expect(readsSignOf([ops.select(positive(x), g, 0), ops.maximum(x, 1)], x)).toBe(true);
    expect(readsSignOf([ops.select(positive(x), g, 0), ops.maximum(x, 0)], x)).toBe(false);
  });
  test("x > 1, and x < 0", () => {
    expect(readsSignOf([ops.less(1, x), ops.maximum(x, 0)], x)).toBe(true);
    const negative = ops.less(x, 0);
    expect(recoverMasks([negative, ops.maximum(x, 0)])[0]).toEqual(negative);
  });

  const masked = ops.select(positive(x), ops.select(keep, g, 0), 0);
  test.each<[string, Tensor]>([
    ["a factor below 1, which may underflow", ops.select(keep, ops.multiply(x, 0.5), 0)],
    ["an infinite factor", ops.select(keep, ops.multiply(x, Infinity), 0)],
    ["another mask", ops.select(ops.less(of("w", 4), 0.5), ops.multiply(x, 2), 0)],
    ["another activation", ops.select(keep, ops.multiply(g, 2), 0)],
    ["other elements than 0", ops.select(keep, ops.multiply(x, 2), 1)],
  ])("the mask where the dropped activation has %s", (_, h) =>
    expect(readsSignOf([masked, h], x)).toBe(true),
  );
  const dropped = ops.select(keep, ops.multiply(x, 2), 0);
  const inner = ops.select(keep, g, 0);
  test.each<[string, Tensor]>([
    ["the comparison is with 1", ops.select(ops.less(1, x), inner, 0)],
    ["the outer select is not 0 elsewhere", ops.select(positive(x), inner, 1)],
    ["the inner select is not 0 elsewhere", ops.select(positive(x), ops.select(keep, g, 1), 0)],
    ["the inner node is no select", ops.select(positive(x), ops.maximum(g, 0), 0)],
  ])("the mask where %s", (_, node) => {
    expect(readsSignOf([node, dropped], x)).toBe(true);
    expectSameProgram([node, dropped], recoverMasks([node, dropped]));
  });
  test("nothing of this where the pattern is complete", () =>
    expect(readsSignOf([masked, dropped], x)).toBe(false));

  test.each([0, -2, Infinity, NaN])("select(keep, g, 0) * %d, whose zeros change", (c) => {
    const product = ops.multiply(ops.select(keep, g, 0), c);
    expect(recoverMasks([product])[0].op.name).toBe("multiply");
  });
});
