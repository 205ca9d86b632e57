/** @file Inspection, with weights made by hand so that every count is known. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { conv2d } from "./layers/conv2d.js";
import { dense } from "./layers/dense.js";
import { flatten } from "./layers/flatten.js";
import { sequential } from "./model.js";
import { elasticNet, l1 } from "./regularizers/all.js";

/** Feature 1 is always 0; feature 2 only in the first 299 of 300 rows, so not in the first batch. */
const ROWS = 300;
const rows = {
  features: Float32Array.from({ length: ROWS * 3 }, (_, i) => {
    if (i % 3 === 0) return 1 + (i % 2);
    return i === ROWS * 3 - 1 ? 1 : 0;
  }),
  featureShape: [3],
  scale: 0.5,
};

function byHand() {
  const model = sequential([
    dense({ units: 4, activation: "relu", kernelRegularizer: l1({ strength: 0.5 }) }),
    dense({ units: 2, biasRegularizer: elasticNet({ l1: 1, l2: 2 }) }),
  ]);
  model.build({ inputShape: [3] });
  const set = {
    // Unit 0 is active, 1 only in the last row, 2 and 3 never.
    "dense_1/kernel": [1, 0, -1, 0, 0, 0, 5e-5, 3, 0, 1, 2e-4, -5e-5],
    "dense_1/bias": [0, 0, 0, -1],
    "dense_2/kernel": [0, 1, 0, 0, 0, 7, 0, 0],
    "dense_2/bias": [3, -4],
  };
  model.setWeights(
    Object.entries(set).map(([name, values]) => ({ name, values: Float32Array.from(values) })),
  );
  return model;
}

describe("inspect, without rows,", () => {
  it("counts exact and near zeros, and gives norms and penalties", async () => {
    const { weights, penalty, inputs, layers } = await byHand().inspect();
    expect(weights).toEqual([
      {
        name: "dense_1/kernel",
        shape: [3, 4],
        trainable: true,
        elements: 12,
        exactZeros: 5,
        nearZeros: 7,
        norm: expect.closeTo(Math.sqrt(1 + 1 + 9 + 1), 6) as number,
        penalty: expect.closeTo(0.5 * (1 + 1 + 5e-5 + 3 + 1 + 2e-4 + 5e-5), 5) as number,
      },
      expect.objectContaining({ name: "dense_1/bias", exactZeros: 3, nearZeros: 3, norm: 1 }),
      expect.objectContaining({ name: "dense_2/kernel", elements: 8, exactZeros: 6 }),
      expect.objectContaining({ name: "dense_2/bias", norm: 5, penalty: 7 + 2 * 25 }),
    ]);
    expect(penalty).toBeCloseTo(57 + 3.00015, 4);
    expect([inputs, layers]).toEqual([undefined, undefined]);
  });

  it("takes another limit for near zeros, and refuses one that is none", async () => {
    const model = byHand();
    const nearZeros = async (nearZero: number) =>
      (await model.inspect(undefined, { nearZero })).weights[0].nearZeros;
    expect(await nearZeros(0)).toBe(0);
    expect(await nearZeros(2e-5)).toBe(5);
    expect(await nearZeros(2)).toBe(11);
    await expect(nearZeros(-1)).rejects.toThrow(
      "inspect: nearZero must be a number of at least 0; got -1.",
    );
  });

  it("has no penalty where there is none", async () => {
    const model = sequential([dense({ units: 1 })]);
    model.build({ inputShape: [2] });
    const { weights, ...rest } = await model.inspect();
    expect(rest).toEqual({});
    expect(weights[0]).not.toHaveProperty("penalty");
  });
});

describe.each(engines)("inspect, with rows, on $name", ({ create }) => {
  it("tells weights of live inputs from those of dead ones, and finds dead units", async () => {
    const engine = await create();
    const { weights, inputs, layers } = await byHand().inspect(rows, { engine });
    expect(inputs).toEqual({ features: 3, deadFeatures: 1 });
    // Rows 0 and 2 of the kernel; units 0 and 1 of the hidden layer.
    expect(weights[0].live).toEqual({ elements: 8, exactZeros: 3, nearZeros: 4 });
    expect(weights[1].live).toBeUndefined();
    expect(weights[2].live).toEqual({ elements: 4, exactZeros: 3, nearZeros: 3 });
    expect(layers).toEqual([
      {
        name: "dense_1",
        units: 4,
        deadUnits: 2,
        // Unit 0 in all rows, unit 1 in one.
        zeroShare: 1 - (ROWS + 1) / (4 * ROWS),
      },
    ]);
  });

  it("counts channels over all places of an image", async () => {
    const model = sequential([
      conv2d({ filters: 2, kernelSize: 1, activation: "relu" }),
      flatten(),
      dense({ units: 1 }),
    ]);
    model.build({ inputShape: [2, 2, 2] });
    const names = model.weights().map(({ name, values }) => ({ name, values: values.fill(0) }));
    // Channel 0 of the image to filter 0; filter 1 is dead. Channel 1 of the image is always 0.
    names[0].values.set([1, 0, 5, 5]);
    model.setWeights(names);
    const images = {
      features: Float32Array.from([1, 0, 0, 0, 2, 0, -1, 0, 0, 0, 0, 0, 0, 0, 4, 0]),
      featureShape: [2, 2, 2],
      scale: 1,
    };
    const { weights, inputs, layers } = await model.inspect(images, { engine: await create() });
    expect(inputs).toEqual({ features: 2, deadFeatures: 1 });
    expect(weights[0].live).toEqual({ elements: 2, exactZeros: 1, nearZeros: 1 });
    expect(layers).toEqual([
      { name: "conv2d_1", units: 2, deadUnits: 1, zeroShare: 1 - 3 / 16 },
      { name: "flatten_1", units: 8, deadUnits: 5, zeroShare: 1 - 3 / 16 },
    ]);
  });

  it("gives the same bits of weights before and after", async () => {
    const model = byHand();
    const before = model.weights();
    await model.inspect(rows, { engine: await create() });
    expect(model.weights()).toEqual(before);
  });
});

describe("inspect", () => {
  it("refuses models without weights, other rows and unknown options", async () => {
    await expect(sequential([dense({ units: 1 })]).inspect()).rejects.toThrow(
      "inspect: the model must know the shape of its rows; got none yet.",
    );
    await expect(byHand().inspect({ ...rows, featureShape: [9] })).rejects.toThrow(
      "inspect: rows must have the shape [3]; got [9].",
    );
    await expect(byHand().inspect(rows, { tau: 1 } as never)).rejects.toThrow(
      'inspect: Unknown option "tau"',
    );
  });
});
