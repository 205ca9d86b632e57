/** @file Regularizers: the contract of each; penalties and proximal steps of golden_torch.json and golden_keras.json. */
import { describe, expect, it } from "vitest";
import { describeRegularizer } from "../../../test/contract/describeRegularizer.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor } from "../../graph/index.js";
import type { Spec } from "../component.js";
import { dense } from "../layers/dense.js";
import { buildNetwork } from "../network.js";
import { weightPenalty } from "../penalties.js";
import { nameLayers } from "../wiring.js";
import { createRegularizer } from "./apply.js";
import { elasticNet, groupLasso, l1, l2, orthogonal } from "./all.js";

const strengthSentences = (title: string) =>
  [
    [
      { strength: -1 },
      `${title}: strength must be a number of at least 0; got -1. Use strength 0 to switch it off.`,
    ],
    [{ strength: NaN }, `${title}: strength must be a number of at least 0; got NaN.`],
    [{ lambda: 1 }, `${title}: Unknown parameter "lambda"`],
  ] as const;
const methodSentence = (title: string, given = {}) =>
  [
    { ...given, method: "prox" },
    `${title}: Unknown method "prox"; Known: proximal, subgradient.`,
  ] as const;

describeRegularizer("l1", {
  make: l1,
  examples: [{ spec: l1({ strength: 0.1 }) }],
  off: l1({ strength: 0 }),
  proximal: true,
  sentences: [...strengthSentences("L1"), methodSentence("L1")],
});

describeRegularizer("l2", {
  make: l2,
  examples: [{ spec: l2({ strength: 0.1 }) }],
  off: l2({ strength: 0 }),
  proximal: false,
  sentences: strengthSentences("L2"),
});

describeRegularizer("elasticNet", {
  make: elasticNet,
  examples: [
    { spec: elasticNet({ l1: 0.1, l2: 0.05 }) },
    { spec: elasticNet({ l1: 0.1, l2: 0 }) },
    { spec: elasticNet({ l1: 0, l2: 0.2 }) },
  ],
  off: elasticNet({ l1: 0, l2: 0 }),
  proximal: true,
  sentences: [
    [{ l2: 1 }, "ElasticNet: l1 must be given; got nothing."],
    [{ l1: 1 }, "ElasticNet: l2 must be given; got nothing."],
    [{ l1: -1, l2: 0 }, "ElasticNet: l1 must be a number of at least 0; got -1."],
    [{ l1: 0, l2: -1 }, "ElasticNet: l2 must be a number of at least 0; got -1."],
    methodSentence("ElasticNet", { l1: 1, l2: 1 }),
  ],
});

describeRegularizer("groupLasso", {
  make: groupLasso,
  examples: [
    { spec: groupLasso({ strength: 0.3 }) },
    { spec: groupLasso({ strength: 0.3, axis: 0 }) },
    { spec: groupLasso({ strength: 0.1, axis: [0, -1] }) },
  ],
  off: groupLasso({ strength: 0 }),
  proximal: true,
  sentences: [
    ...strengthSentences("GroupLasso"),
    methodSentence("GroupLasso"),
    [{ axis: 0.5 }, "GroupLasso: axis must be a whole number, or several; got 0.5."],
    [{ axis: [] }, "GroupLasso: axis must be a whole number, or several; got []."],
  ],
});

describeRegularizer("orthogonal", {
  make: orthogonal,
  examples: [
    { spec: orthogonal({ strength: 0.1 }) },
    { spec: orthogonal({ strength: 0.1, mode: "columns" }) },
  ],
  off: orthogonal({ strength: 0 }),
  proximal: false,
  sentences: [
    ...strengthSentences("Orthogonal"),
    [{ mode: "row" }, 'Orthogonal: Unknown mode "row"; did you mean "rows"? Known: rows, columns.'],
  ],
});

const method = "subgradient";

describeRegularizer("l1 by its subgradient", {
  make: l1,
  examples: [{ spec: l1({ strength: 0.1, method }) }],
  off: l1({ strength: 0, method }),
  proximal: false,
  sentences: [],
});

describeRegularizer("elasticNet by its subgradient", {
  make: elasticNet,
  examples: [{ spec: elasticNet({ l1: 0.1, l2: 0.1, method }) }],
  off: elasticNet({ l1: 0, l2: 0, method }),
  proximal: false,
  sentences: [],
});

describeRegularizer("groupLasso by its subgradient", {
  make: groupLasso,
  examples: [{ spec: groupLasso({ strength: 0.1, method }) }],
  off: groupLasso({ strength: 0, method }),
  proximal: false,
  sentences: [],
});

interface Penalty {
  readonly value: number;
  readonly grad: Nested;
}
interface Golden {
  readonly penalties: {
    readonly w: Nested;
    readonly lam: number;
    readonly alpha: number;
    readonly l1: Penalty;
    readonly l2_keras: Penalty;
    readonly l2_half: Penalty;
    readonly elastic_keras: Penalty & { readonly l1: number; readonly l2: number };
    readonly elastic_glmnet: Penalty;
  };
  readonly prox_elastic_net: {
    readonly v: readonly number[];
    readonly eta: number;
    readonly lam: number;
    readonly alpha: number;
    readonly result: readonly number[];
    readonly exact_zeros: number;
  };
  readonly prox_group_lasso: { readonly W: Nested; readonly t: number; readonly result: Nested };
}
interface GoldenKeras {
  readonly regularizers: Readonly<Record<"L1(.01)" | "L2(.01)" | "L1L2(.01,.02)", number>>;
}
const golden = readFixture<Golden>("golden_torch");
const keras = readFixture<GoldenKeras>("golden_keras").regularizers;

function penaltyOf(spec: Spec, weights: Nested): { value: number; grad: Float64Array } {
  const weight = variable({ name: "weight", shape: shapeOf(weights) });
  const penalty = createRegularizer(spec)?.penalty(weight) ?? weight;
  const [[value], grad] = valuesOf(
    [penalty, ...gradients(penalty, [weight])],
    new Map([[weight, flat(weights)]]),
  );
  return { value, grad };
}

function step(spec: Spec, weights: Nested, stepSize: number): Float64Array {
  const weight = variable({ name: "weight", shape: shapeOf(weights) });
  const stepped = createRegularizer(spec)?.proximal?.(weight, ops.constant(stepSize)) ?? weight;
  return valuesOf([stepped], new Map([[weight, flat(weights)]]))[0];
}

describe("penalties and their gradients are those of PyTorch and Keras:", () => {
  const { w, lam, alpha, ...expected } = golden.penalties;
  it.each([
    ["l1", l1({ strength: lam }), expected.l1, keras["L1(.01)"]],
    ["l2", l2({ strength: lam }), expected.l2_keras, keras["L2(.01)"]],
    ["half of l2", l2({ strength: lam / 2 }), expected.l2_half, undefined],
    [
      "elasticNet",
      elasticNet({ l1: lam, l2: 2 * lam }),
      expected.elastic_keras,
      keras["L1L2(.01,.02)"],
    ],
    [
      "elasticNet in glmnet's terms",
      elasticNet({ l1: lam * alpha, l2: (lam * (1 - alpha)) / 2 }),
      expected.elastic_glmnet,
      undefined,
    ],
  ] as const)("%s", (_, spec, { value, grad }, ofKeras = value) => {
    const actual = penaltyOf(spec, w);
    expectClose([actual.value, actual.value], [value, ofKeras], FLOAT64);
    expectClose(actual.grad, flat(grad), FLOAT64);
  });

  it("orthogonal, by Keras' formula written out", () => {
    const rows = [
      [1, 2, -1],
      [0.5, 0, 3],
      [-2, 1, 1],
      [0, 0, 0],
    ];
    // 0.5 * sum of |cosines| off the diagonal / (n (n - 1) / 2), keras/src/regularizers/regularizers.py
    const byHand = (vectors: readonly (readonly number[])[]): number => {
      const dot = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, i) => sum + value * b[i], 0);
      const length = (a: readonly number[]) => Math.max(Math.sqrt(dot(a, a)), 1e-7);
      const cosines = vectors.flatMap((a, i) =>
        vectors.map((b, j) => (i === j ? 0 : Math.abs(dot(a, b) / length(a) / length(b)))),
      );
      const pairs = (vectors.length * (vectors.length - 1)) / 2;
      return (0.5 * cosines.reduce((a, b) => a + b)) / pairs;
    };
    const columns = [0, 1, 2].map((j) => rows.map((row) => row[j]));
    const { value } = penaltyOf(orthogonal({ strength: 0.3 }), rows);
    expectClose([value], [0.3 * byHand(rows)], FLOAT64);
    const other = penaltyOf(orthogonal({ strength: 0.3, mode: "columns" }), rows);
    expectClose([other.value], [0.3 * byHand(columns)], FLOAT64);
  });
});

describe("proximal steps", () => {
  it("of elasticNet are those of the golden vector, with its exact zeros", () => {
    const { v, eta, lam, alpha, result, exact_zeros: zeros } = golden.prox_elastic_net;
    const spec = elasticNet({ l1: lam * alpha, l2: (lam * (1 - alpha)) / 2 });
    const actual = step(spec, v, eta);
    expectClose(actual, result, { relative: 1e-12, absolute: 1e-17 });
    expect(actual.filter((value) => value === 0)).toHaveLength(zeros);
  });

  it("of groupLasso are those of the golden vector", () => {
    const { W, t, result } = golden.prox_group_lasso;
    expectClose(step(groupLasso({ strength: t }), W, 1), flat(result), FLOAT64);
    expectClose(step(groupLasso({ strength: t / 2 }), W, 2), flat(result), FLOAT64);
  });

  it("of groupLasso are the same for one step size and for equal ones", () => {
    const { W } = golden.prox_group_lasso;
    const weight = variable({ name: "weight", shape: shapeOf(W) });
    const sizes = ops.add(ops.multiply(weight, 0), 0.5);
    const { proximal } = createRegularizer(groupLasso({ strength: 0.9 })) ?? {};
    const stepped = [ops.constant(0.5), sizes].map((size) => proximal?.(weight, size) ?? weight);
    const [one, equal] = valuesOf(stepped, new Map([[weight, flat(W)]]));
    expectClose(equal, one, { relative: 1e-13, absolute: 1e-16 });
    expect(one.filter((value) => value === 0)).toHaveLength(4);
  });
});

describe("a function of the user's", () => {
  const build = (kernelRegularizer: (weight: Tensor) => Tensor) =>
    buildNetwork(nameLayers([dense({ units: 2, kernelRegularizer })]), [3]);

  it("from a weight to a scalar is a regularizer", () => {
    const network = build((weight) => ops.multiply(ops.sum(ops.exp(weight)), 2));
    const penalty = weightPenalty(network) ?? ops.constant(NaN);
    const [{ variable: kernel }] = network.weights;
    const [[value]] = valuesOf([penalty], new Map([[kernel, [0, 0, 0, 0, 0, 1]]]));
    expectClose([value], [2 * (5 + Math.E)], FLOAT64);
  });

  it("must give a scalar", () => {
    const network = build((weight) => weight);
    expect(() => weightPenalty(network)).toThrow(
      "Regularizer: a function must give a scalar, [] float32; got [3, 2] float32. Sum it.",
    );
  });
});

describe("axes and vectors that a weight does not have are refused", () => {
  it.each([
    [groupLasso({ axis: 2 }), "GroupLasso: axis must be one of the weight's 2 axes, from 0; got 2"],
    [groupLasso({ axis: -3 }), "GroupLasso: axis must be one of the weight's 2 axes"],
    [orthogonal(), "Orthogonal: there must be at least two vectors; got one. Change mode."],
  ])("%j", (spec, sentence) => {
    expect(() => penaltyOf(spec, [[1, 2, 3]])).toThrow(sentence);
  });
});
