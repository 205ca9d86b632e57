/**
 * @file Small programs whose operations a compiler is tempted to join in one kernel, each with a trap:
 * a store before a read, a second target, a gather inside of a reduction, and the steps of a network.
 */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import {
  broadcastTo,
  gradients,
  isVariable,
  ops,
  primitives,
  printGraph,
  topologicalOrder,
  variable,
  type DType,
  type Shape,
  type Tensor,
  type Variable,
} from "../../src/graph/index.js";
import { randomStream } from "../../src/util/index.js";
import type { EngineFactory } from "./describePrograms.js";
import { drawValues, findMismatches } from "./values.js";

interface Case {
  readonly outputs?: readonly Tensor[];
  readonly updates?: readonly (readonly [Variable, Tensor])[];
}

/** Of a few roundings in values around 1; a wrong element is wrong by far more. */
const ROUNDED = { relative: 1e-4, absolute: 1e-4 };

const of = (name: string, shape: Shape, dtype: DType = "float32"): Variable =>
  variable({ name, shape, dtype });
const wide = of("wide", [6, 19]);
const tall = of("tall", [5, 9]);
const [six, nineteen, square, scalar] = [
  of("six", [6]),
  of("nineteen", [19]),
  of("sq", [6, 6]),
  of("s", []),
];
const rows = of("rows", [2], "int32");
const counter = of("counter", [], "int32");

/** The reduction also replaces a variable whose old value its epilogue reads. */
function replaces(place: Variable, result: Tensor): Case {
  return { outputs: [ops.multiply(result, place)], updates: [[place, result]] };
}

function keepMask(like: Tensor, key: number): Tensor {
  return ops.less(ops.randomBits(counter, { shape: like.shape, key: [key, 7] }), 32_768);
}

/** Cross-entropy of a small network with relu and dropout, and steps with momentum for all weights. */
function trainingStep(): Case {
  const x = of("x", [10, 13]);
  const labels = of("labels", [10], "int32");
  const [w1, b1] = [of("w1", [13, 18]), of("b1", [18])];
  const [w2, b2] = [of("w2", [18, 5]), of("b2", [5])];
  const weights = [w1, b1, w2, b2];
  const hidden = ops.relu(ops.add(ops.matMul(x, w1), b1));
  const dropped = ops.select(keepMask(hidden, 1), ops.multiply(hidden, 2), 0);
  const logits = ops.add(ops.matMul(dropped, w2), b2);
  const shifted = ops.subtract(logits, ops.keepLast(ops.max(logits, [-1])));
  const logSum = ops.log(ops.sum(ops.exp(shifted), [-1]));
  const chosen = ops.equal(ops.keepLast(labels), primitives.iota([10, 5], 1));
  const ofLabel = ops.sum(ops.select(chosen, shifted, 0), [-1]);
  const loss = ops.mean(ops.subtract(logSum, ofLabel));
  const updates = gradients(loss, weights).flatMap((gradient, i): [Variable, Tensor][] => {
    const velocity = of(`velocity${i}`, weights[i].shape);
    const next = ops.subtract(ops.multiply(velocity, 0.9), ops.multiply(gradient, 0.1));
    return [
      [velocity, next],
      [weights[i], ops.add(weights[i], next)],
    ];
  });
  return { outputs: [loss, logits], updates: [...updates, [counter, ops.add(counter, 1)]] };
}

const turned = ops.reshape(ops.tanh(of("source", [4, 3])), [3, 4]);
const sumOfWide = ops.sum(wide);
const scattered = primitives.scatterRows(ops.tanh(of("few", [2, 9])), rows, { size: 5 });
const lookUp = ops.sum(ops.square(ops.gatherRows(tall, rows)));

const cases: Readonly<Record<string, Case>> = {
  "row sums that replace a variable, and its old value": replaces(six, ops.sum(wide, [1])),
  "row maxima that replace a variable, and its old value": replaces(six, ops.max(wide, [1])),
  "column sums that replace a variable, and its old value": replaces(nineteen, ops.sum(wide, [0])),
  "a total that replaces a variable, and its old value": replaces(scalar, sumOfWide),
  "a product that replaces a variable, and its old value": replaces(
    square,
    ops.matMul(wide, wide, { transposeB: true }),
  ),
  "an elementwise result that replaces a variable, and its old value": replaces(
    nineteen,
    ops.tanh(nineteen),
  ),
  "a variable as output, a sum with it, and its replacement": {
    outputs: [scalar, ops.add(scalar, sumOfWide)],
    updates: [[scalar, sumOfWide]],
  },
  "sums that are added to a variable in place": {
    updates: [
      [six, ops.add(six, ops.sum(wide, [1]))],
      [nineteen, ops.add(ops.sum(wide, [0]), nineteen)],
      [square, ops.subtract(square, ops.matMul(wide, wide, { transposeB: true }))],
    ],
  },
  "gathered rows, summed by column": { outputs: [ops.sum(ops.gatherRows(tall, rows), [0])] },
  "gathered rows, squared and summed by row": {
    outputs: [ops.sum(ops.square(ops.gatherRows(tall, rows)), [1])],
  },
  "gathered rows times a matrix": {
    outputs: [ops.matMul(ops.tanh(ops.gatherRows(tall, rows)), of("m", [9, 7]))],
  },
  "scattered rows that are output, update and input": {
    outputs: [scattered, ops.exp(ops.sum(scattered, [0]))],
    updates: [[tall, scattered]],
  },
  "rows of a variable that are scattered into it": {
    updates: [[square, primitives.scatterRows(square, of("places", [6], "int32"), { size: 6 })]],
  },
  "a table and what its gradient makes of it": {
    updates: [[tall, ops.subtract(tall, gradients(lookUp, [tall])[0])]],
  },
  "scattered numbers, joined with others": {
    outputs: [ops.add(nineteen, primitives.scatterRows(six, of("at", [6], "int32"), { size: 19 }))],
  },
  "a reshape of a broadcast": {
    outputs: [ops.reshape(broadcastTo(six, [4, 6]), [3, 8])],
  },
  "a reshape of positions": { outputs: [ops.reshape(primitives.iota([3, 4], 1), [4, 3])] },
  "a reshape that is output, update and input": {
    outputs: [turned, ops.exp(turned)],
    updates: [[of("target", [3, 4]), turned]],
  },
  "a transpose that is output, update and input": {
    outputs: [ops.transpose(wide, [1, 0]), ops.exp(ops.transpose(wide, [1, 0]))],
    updates: [[of("target", [19, 6]), ops.transpose(wide, [1, 0])]],
  },
  "random bits at a counter that is counted up": {
    outputs: [keepMask(wide, 1), ops.select(keepMask(wide, 2), wide, 0)],
    updates: [[counter, ops.add(counter, 1)]],
  },
  "softmax, and its row sums": (() => {
    const exps = ops.exp(ops.subtract(wide, ops.keepLast(ops.max(wide, [-1]))));
    const softmax = ops.divide(exps, ops.keepLast(ops.sum(exps, [-1])));
    return { outputs: [softmax, ops.sum(softmax, [-1])] };
  })(),
  "a training step": trainingStep(),
};

/** Registers one test a program. */
export function describeFusion(createEngine: EngineFactory): void {
  describe("fused programs equal the judge", () => {
    test.each(Object.entries(cases))("%s", (_, one) => expectJudged(one, createEngine));
  });
}

async function expectJudged(
  { outputs = [], updates = [] }: Case,
  createEngine: EngineFactory,
): Promise<void> {
  const roots = [...outputs, ...updates.map(([, value]) => value)];
  const places = updates.map(([place]) => place);
  const stream = randomStream(6, "fusion");
  const engine = await createEngine();
  const variables = topologicalOrder([...roots, ...places]).filter(isVariable);
  const values = new Map(
    variables.map((place) => {
      const range = place.dtype === "int32" ? ([0, 4] as const) : ([-2, 2] as const);
      return [place, drawValues({ ...place, range }, stream)];
    }),
  );
  for (const [place, drawn] of values) engine.write(place, drawn);
  const program = await engine.compile({ name: "fused", outputs, updates: new Map(updates) });
  program.run();
  const expected = evaluate(roots, values);
  const actual = [...outputs.map(program.read), ...places.map((place) => engine.read(place))];
  actual.forEach((result, i) => {
    const mismatches = findMismatches(result, expected[i], ROUNDED);
    expect(mismatches, `root ${i} of\n${printGraph(roots)}`).toEqual([]);
  });
}
