/** @file Four test rows of three classes; every expected number is worked out by hand beside it. */
import { describe, expect, it } from "vitest";
import { dataset } from "../data/index.js";
import type { Inspection, WeightInspection } from "../nn/index.js";
import { describeTrial } from "./diagnostics.js";
import { describeWeights } from "./weightDiagnostics.js";

const images = dataset({
  name: "images",
  features: Uint8Array.from({ length: 16 }, (_, i) => i),
  featureShape: [2, 2],
  scale: 1 / 255,
  labels: Int32Array.of(0, 1, 2, 0),
  classes: 3,
});
const probabilities = Float32Array.of(
  ...[0.75, 0.25, 0], // right
  ...[0.5, 0.25, 0.25], // a 1 taken for a 0
  ...[0, 0.875, 0.125], // a 2 taken for a 1
  ...[0.5, 0.25, 0.25], // right
);

const weight = (name: string, change: Partial<WeightInspection>): WeightInspection => ({
  ...{ name, shape: [4], trainable: true, norm: 1, elements: 4, exactZeros: 0, nearZeros: 0 },
  ...change,
});
const inspection: Inspection = {
  weights: [
    weight("dense/kernel", {
      ...{ norm: 3, exactZeros: 2, nearZeros: 3 },
      live: { elements: 3, exactZeros: 1, nearZeros: 2 },
    }),
    weight("dense/bias", { norm: 4, exactZeros: 1, nearZeros: 1 }),
    weight("batchNorm/movingMean", { trainable: false, exactZeros: 4 }),
  ],
  layers: [
    { name: "dense", units: 5, deadUnits: 2, zeroShare: 0.5 },
    { name: "dropout", units: 5, deadUnits: 2, zeroShare: 0.5 },
  ],
};
const values = {
  "dense/kernel": Float32Array.of(0, 0, 0.00001, -2.5),
  "dense/bias": Float32Array.of(0, 1, 1, 3),
  "batchNorm/movingMean": Float32Array.of(100, 0, 0, 0),
};
const weights = Object.entries(values).map(([name, each]) => ({ name, shape: [4], values: each }));
const seen = [{ inspection, weights }];

describe("describeTrial", () => {
  const { predictions } = describeTrial(images, probabilities, seen);

  it("counts labels down and predictions across", () => {
    expect(predictions?.confusion).toEqual([2, 0, 0, 1, 0, 0, 0, 1, 0]);
  });

  it("keeps the most certain mistakes first, with their bytes", () => {
    expect(predictions?.mistakes.map(({ pixels: _, ...rest }) => rest)).toEqual([
      { row: 2, label: 2, predicted: 1, probability: 0.875 },
      { row: 1, label: 1, predicted: 0, probability: 0.5 },
    ]);
    const bytes = Uint8Array.from(atob(predictions?.mistakes[0].pixels ?? ""), (c) =>
      c.charCodeAt(0),
    );
    expect([...bytes]).toEqual([8, 9, 10, 11]);
    expect(predictions?.rowShape).toEqual([2, 2]);
  });

  it("scores the probabilities", () => {
    // Rows: (1/4)^2 + (1/4)^2; (1/2)^2 + (3/4)^2 + (1/4)^2; (7/8)^2 + (7/8)^2; (1/2)^2 + 2 (1/4)^2.
    expect(predictions?.brierScore).toBeCloseTo((0.125 + 0.875 + 1.53125 + 0.375) / 4, 6);
    const surprise = [0.75, 0.25, 0.125, 0.5].reduce((sum, p) => sum - Math.log(p), 0);
    expect(predictions?.negativeLogLikelihood).toBeCloseTo(surprise / 4, 6);
    // Confidence 0.75 is right, 0.5 right in one of two, 0.875 wrong.
    expect(predictions?.expectedCalibrationError).toBeCloseTo((0.25 + 2 * 0 + 0.875) / 4, 6);
    expect(predictions?.reliability.map(({ rows }) => rows)).toEqual([2, 1, 1]);
  });

  it("has no likelihood where a label has probability 0, which JSON could not hold", () => {
    const impossible = probabilities.map((p, i) => (i === 8 ? 0 : i === 7 ? 1 : p));
    const { predictions: found } = describeTrial(images, impossible, seen);
    expect(found?.negativeLogLikelihood).toBeNull();
  });

  it("says nothing of predictions that are no probabilities of classes", () => {
    expect(
      describeTrial(
        images,
        probabilities.map((p) => 2 * p),
        seen,
      ).predictions,
    ).toBeUndefined();
    const numbers = dataset({
      ...{ name: "numbers", features: new Float32Array(4), featureShape: [1], scale: 1 },
      ...{ targets: new Float32Array(4), targetShape: [1] },
    });
    expect(describeTrial(numbers, new Float32Array(4), seen).predictions).toBeUndefined();
  });

  it("survives JSON", () => {
    const diagnostics = describeTrial(images, probabilities, seen);
    expect(JSON.parse(JSON.stringify(diagnostics))).toEqual(diagnostics);
  });
});

describe("describeWeights", () => {
  it("adds up trainable weights; of zeros, those that an input reached apart", () => {
    expect(describeWeights(seen)).toMatchObject({
      ...{ weights: 8, exactZeros: 3, nearZeros: 4, norm: 5 },
      ...{ liveWeights: 7, liveZeros: 2 },
    });
  });

  it("adds up the members of an ensemble", () => {
    expect(describeWeights([...seen, ...seen])).toMatchObject({ weights: 16, hiddenUnits: 10 });
  });

  it("counts dead units of layers with a kernel", () => {
    expect(describeWeights(seen)).toMatchObject({ hiddenUnits: 5, deadUnits: 2 });
  });

  it("bins trainable weights over a reach that is a power of 2", () => {
    const { reach, counts } = describeWeights(seen).histogram;
    expect(reach).toBe(4);
    expect(counts).toHaveLength(128);
    // Bins of 1/16: -2.5 is bin 24, 0 and 0.00001 bin 64, 1 bin 80, 3 bin 112.
    const filled = counts.flatMap((count, bin) => (count === 0 ? [] : [[bin, count]]));
    expect(filled).toEqual([
      [24, 1],
      [64, 4],
      [80, 2],
      [112, 1],
    ]);
  });

  it("has a reach of 1 for weights that are all 0", () => {
    const zero = weights.map((each) => ({ ...each, values: new Float32Array(4) }));
    expect(describeWeights([{ inspection, weights: zero }]).histogram.reach).toBe(1);
  });
});
