/** @file Expected numbers: by hand, from two trials of two classes. */
import { describe, expect, it } from "vitest";
import type { ArmResult, Mistake, PredictionDiagnostics } from "../study/index.js";
import { imageSize, poolConfusion, poolMistakes, poolReliability } from "./pooledPredictions.js";

const scores = { loss: 1, accuracy: 0.5 };
const final = { clean: scores, validation: scores, test: scores };

const mistake = (row: number, probability: number): Mistake => ({
  ...{ row, probability },
  ...{ label: 0, predicted: 1 },
});

function armOf(all: readonly Partial<PredictionDiagnostics>[]): ArmResult {
  const base: PredictionDiagnostics = {
    ...{ classes: 2, expectedCalibrationError: 0, brierScore: 0, negativeLogLikelihood: 0 },
    ...{ reliability: [], confusion: [0, 0, 0, 0], mistakes: [], rowShape: [2, 3] },
  };
  const trials = all.map((one, index) => ({
    ...{ seed: index + 1, epochs: [], bestEpoch: 1, seconds: 1, final },
    diagnostics: { predictions: { ...base, ...one }, weights: {} as never },
  }));
  return { name: "none", arm: "none", trainRows: 10, trials };
}

describe("over the seeds of an arm", () => {
  it("bins are joined and weighed by their rows", () => {
    const bin = { from: 0.5, to: 0.6 };
    const arm = armOf([
      { reliability: [{ ...bin, rows: 1, accuracy: 1, confidence: 0.5 }] },
      {
        reliability: [
          { from: 0.9, to: 1, rows: 4, accuracy: 1, confidence: 0.95 },
          { ...bin, rows: 3, accuracy: 0.6, confidence: 0.58 },
        ],
      },
    ]);
    const [low, high] = poolReliability(arm);
    expect([low.rows, high.rows]).toEqual([4, 4]);
    expect(low.accuracy).toBeCloseTo(0.7, 12);
    expect(low.confidence).toBeCloseTo(0.56, 12);
  });
  it("confusions are added", () => {
    const confusion = poolConfusion(
      armOf([{ confusion: [1, 2, 3, 4] }, { confusion: [10, 20, 30, 40] }]),
    );
    expect(confusion).toEqual({ classes: 2, counts: Int32Array.of(11, 22, 33, 44), seeds: 2 });
  });
  it("mistakes are joined by row and prediction, those of most seeds first", () => {
    const arm = armOf([
      { mistakes: [mistake(7, 0.99), mistake(3, 0.7)] },
      { mistakes: [mistake(3, 0.9), mistake(5, 0.8)] },
    ]);
    expect(poolMistakes(arm).map(({ row, seeds }) => [row, seeds])).toEqual([
      [3, 2],
      [7, 1],
      [5, 1],
    ]);
    expect(poolMistakes(arm)[0].probability).toBeCloseTo(0.8, 12);
  });
  it("an image's size is known, and nothing of an arm without predictions", () => {
    expect(imageSize(armOf([{}]))).toEqual([2, 3]);
    expect(imageSize(armOf([{ rowShape: [6] }]))).toBeUndefined();
    const nothing = armOf([]);
    expect(poolConfusion(nothing)).toBeUndefined();
    expect(poolReliability(nothing)).toEqual([]);
    expect(poolMistakes(nothing)).toEqual([]);
  });
});
