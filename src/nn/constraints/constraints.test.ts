/** @file Constraints: the contract of each, Keras' and PyTorch's max norm, Keras' formulas written out. */
import { describe, expect, it } from "vitest";
import { describeConstraint } from "../../../test/contract/describeConstraint.js";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { ops, variable } from "../../graph/index.js";
import type { Spec } from "../component.js";
import type { Part } from "../part.js";
import { maxNorm, minMaxNorm, nonNegative, unitNorm } from "./all.js";
import { createConstraint } from "./apply.js";

const axisSentences = (title: string) =>
  [
    [{ axis: "0" }, `${title}: axis must be a whole number, or several; got 0.`],
    [{ axis: [0.5] }, `${title}: axis must be a whole number, or several; got [0.5].`],
    [{ axes: 0 }, `${title}: Unknown parameter "axes"; did you mean "axis"?`],
  ] as const;

describeConstraint("maxNorm", {
  make: maxNorm,
  examples: [
    { spec: maxNorm({ maxValue: 0.5 }) },
    { spec: maxNorm({ maxValue: 0.7, axis: [0, -1] }) },
  ],
  sentences: [
    [{ maxValue: 0 }, "MaxNorm: maxValue must be a number greater than 0; got 0."],
    ...axisSentences("MaxNorm"),
  ],
});

describeConstraint("unitNorm", {
  make: unitNorm,
  examples: [{ spec: unitNorm() }, { spec: unitNorm({ axis: -1 }) }],
  sentences: axisSentences("UnitNorm"),
});

describeConstraint("nonNegative", {
  make: nonNegative,
  examples: [{ spec: nonNegative() }],
  sentences: [[{ axis: 0 }, 'NonNegative: Unknown parameter "axis"']],
});

describeConstraint("minMaxNorm", {
  make: minMaxNorm,
  examples: [
    { spec: minMaxNorm({ minValue: 0.2, maxValue: 0.5 }) },
    { spec: minMaxNorm({ minValue: 1, maxValue: 1, axis: -1 }) },
  ],
  off: minMaxNorm({ rate: 0 }),
  sentences: [
    [{ minValue: -1 }, "MinMaxNorm: minValue must be a number of at least 0; got -1."],
    [{ minValue: 2 }, "MinMaxNorm: minValue must be at most maxValue (1); got 2."],
    [{ rate: 2 }, "MinMaxNorm: rate must be a number in [0, 1]; got 2."],
    ...axisSentences("MinMaxNorm"),
  ],
});

function project(part: Part, weights: Nested): Float64Array {
  const weight = variable({ name: "weight", shape: shapeOf(weights) });
  const projected = createConstraint(part)?.(weight) ?? weight;
  return valuesOf([projected], new Map([[weight, flat(weights)]]))[0];
}

interface Golden {
  readonly maxnorm: Readonly<Record<"W" | "keras_formula" | "projected_exact", Nested>> & {
    readonly c: number;
  };
}
interface GoldenKeras {
  readonly maxnorm: { readonly keras: Nested };
}

describe("constraints are Keras':", () => {
  const {
    W,
    c,
    keras_formula: formula,
    projected_exact: exact,
  } = readFixture<Golden>("golden_torch").maxnorm;
  const keras = readFixture<GoldenKeras>("golden_keras").maxnorm.keras;

  it("maxNorm, golden_keras.json and the formula of golden_torch.json", () => {
    const actual = project(maxNorm({ maxValue: c }), W);
    expectClose(actual, flat(keras), FLOAT64);
    expectClose(actual, flat(formula), FLOAT64);
    // The paper's projection is 7e-8 away.
    expectClose(actual, flat(exact), { relative: 1e-7, absolute: 0 });
  });

  // keras/src/constraints/constraints.py, for the two columns of W2, of norms 5 and 0.5.
  const W2 = [
    [3, 0.3],
    [-4, 0.4],
  ];
  const scaled = (...factors: readonly number[]): number[] =>
    W2.flatMap((row) => row.map((value, column) => value * factors[column]));
  it.each<[string, Spec, number[]]>([
    ["unitNorm", unitNorm(), scaled(1 / (5 + 1e-7), 1 / (0.5 + 1e-7))],
    ["nonNegative", nonNegative(), [3, 0.3, 0, 0.4]],
    [
      "minMaxNorm at once",
      minMaxNorm({ minValue: 1, maxValue: 2 }),
      scaled(2 / (5 + 1e-7), 1 / (0.5 + 1e-7)),
    ],
    [
      "minMaxNorm by a quarter",
      minMaxNorm({ minValue: 1, maxValue: 2, rate: 0.25 }),
      scaled((0.25 * 2 + 0.75 * 5) / (5 + 1e-7), (0.25 * 1 + 0.75 * 0.5) / (0.5 + 1e-7)),
    ],
  ])("%s", (_, spec, expected) => {
    expectClose(project(spec, W2), expected, { relative: 1e-14, absolute: 0 });
  });
});

describe("a function of the user's", () => {
  it("from a weight to a weight is a constraint", () => {
    expect([...project((weight) => ops.minimum(weight, 1), [0, 2])]).toEqual([0, 1]);
  });

  it("must keep the shape", () => {
    expect(() => project((weight) => ops.sum(weight), [0, 2])).toThrow(
      "Constraint: a function must give a weight like its own, [2] float32; got [] float32.",
    );
  });
});

describe("an axis that a weight does not have", () => {
  it("is refused", () => {
    expect(() => project(maxNorm({ axis: [0, 1, 2] }), [[1]])).toThrow(
      "MaxNorm: axis must be one of the weight's 2 axes, from 0; got 2 for [1, 1].",
    );
  });
});
