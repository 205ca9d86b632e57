/** @file Merging layers: the contract of layers, and their formulas. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { engines } from "../../../test/contract/engines.js";
import { valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable } from "../../graph/index.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { concatenate } from "./concatenate.js";
import type { LayerSpec } from "./define.js";
import { dense } from "./dense.js";
import { add, average, maximum, multiply, subtract } from "./merging.js";
import { reshape } from "./reshape.js";

const MERGES = { add, average, maximum, multiply, subtract };

describe.each(Object.entries(MERGES))("%s", (name, make) => {
  describeLayer(name, {
    make,
    merges: true,
    examples: [
      { spec: make(), inputShape: [5] },
      { spec: make(), inputShape: [2, 3] },
    ],
    sentences: [[{ axis: 1 }, 'Unknown parameter "axis"']],
  });
});

describeLayer("concatenate", {
  make: concatenate,
  merges: true,
  examples: [
    { spec: concatenate(), inputShape: [5] },
    { spec: concatenate({ axis: 1 }), inputShape: [2, 3] },
    { spec: concatenate({ axis: -2 }), inputShape: [2, 3, 2] },
  ],
  sentences: [
    [
      { axis: 0 },
      "Concatenate: axis must be a whole number, from 1 on or from -1 down; got 0. Axis 0 is that of the rows.",
    ],
  ],
});

/** The layer on three parts of a row: elements 0 to 1, 2 to 3 and 4 to 5 of it, by fixed kernels. */
function threeInputs(spec: LayerSpec) {
  const names = ["a", "b", "c"];
  const parts = names.map((name) => ({
    ...dense({ units: 2, useBias: false }),
    name,
    inputs: ["input"],
  }));
  const network = buildNetwork(nameLayers([...parts, { ...spec, inputs: names }]), [6]);
  const x = variable({ name: "x", shape: [1, 6] });
  const values = new Map([
    [x, [1, 2, 30, 40, 500, 600]],
    ...network.weights.map(
      ({ variable: kernel }, part) =>
        [
          kernel,
          Array.from({ length: 12 }, (_, i) => Number(i >> 1 === 2 * part + (i % 2))),
        ] as const,
    ),
  ]);
  return [...valuesOf([network.apply(x, {}).output], values)[0]];
}

describe("merging of three inputs", () => {
  it.each([
    [add(), [531, 642]],
    [subtract(), [-529, -638]],
    [multiply(), [15_000, 48_000]],
    [average(), [177, 214]],
    [maximum(), [500, 600]],
    [concatenate(), [1, 2, 30, 40, 500, 600]],
  ] as const)("%j", (spec, expected) => {
    expect(threeInputs(spec)).toEqual(expected);
  });
});

/** Two inputs of these shapes, by reshaping parts of a row. */
const shaped = (spec: LayerSpec, shapes: readonly (readonly number[])[]) =>
  buildNetwork(
    nameLayers([
      ...shapes.flatMap((targetShape, i) => [
        {
          ...dense({ units: targetShape.reduce((a, b) => a * b, 1) }),
          name: `dense${i}`,
          inputs: ["input"],
        },
        { ...reshape({ targetShape }), name: `part${i}`, inputs: [`dense${i}`] },
      ]),
      { ...spec, inputs: shapes.map((_, i) => `part${i}`) },
    ]),
    [4],
  );

describe("inputs of different shapes", () => {
  it("stretch where a size is 1", () => {
    expect(
      shaped(multiply(), [
        [2, 3, 4],
        [1, 1, 4],
      ]).outputShape,
    ).toEqual([2, 3, 4]);
  });

  it("are joined along the axis that differs", () => {
    expect(
      shaped(concatenate({ axis: 2 }), [
        [2, 3, 4],
        [2, 5, 4],
      ]).outputShape,
    ).toEqual([2, 8, 4]);
  });

  it.each([
    [
      add(),
      "add_1: shapes must be equal, or 1, axis by axis from the last; got [2, 3] and [2, 4].",
    ],
    [
      concatenate({ axis: 1 }),
      "concatenate_1: rows of its inputs must have one shape but for axis 1; got [2, 3] and [2, 4].",
    ],
  ] as const)("are refused where they do not fit: %j", (spec, sentence) => {
    expect(() =>
      shaped(spec, [
        [2, 3],
        [2, 4],
      ]),
    ).toThrow(sentence);
  });

  it("are refused with different numbers of axes", () => {
    expect(() => shaped(add(), [[2, 3], [3]])).toThrow(
      "add_1: inputs must have one number of axes; got [2, 3] and [3].",
    );
  });
});

it.each(engines)("concatenate passes NaN alone, and gradients, on $name", async ({ create }) => {
  const network = shaped(concatenate(), [[2], [3]]);
  const join = network.layers[network.layers.length - 1];
  const a = variable({ name: "a", shape: [2, 2] });
  const b = variable({ name: "b", shape: [2, 3] });
  const { output } = join.apply(a, {}, [b]);
  const factors = ops.reshape(ops.cast(ops.iota([10], 0), "float32"), [2, 5]);
  const slopes = gradients(ops.sum(ops.multiply(output, factors)), [a, b]);
  const engine = await create();
  engine.write(a, [1, NaN, 3, 4]);
  engine.write(b, [5, 6, Infinity, 8, 9, 10]);
  const program = await engine.compile({ name: "join", outputs: [output, ...slopes] });
  program.run();
  expect([...program.read(output)]).toEqual([1, NaN, 5, 6, Infinity, 3, 4, 8, 9, 10]);
  expect([...program.read(slopes[0])]).toEqual([0, 1, 5, 6]);
  expect([...program.read(slopes[1])]).toEqual([2, 3, 4, 7, 8, 9]);
});
