/** @file Expected numbers: by hand. */
import { expect, it } from "vitest";
import type { ArmResult, TrialResult } from "../study/index.js";
import { accuracyGap, seriesPoint, testAccuracy, testLoss, weightNorm } from "./series.js";

function arm(losses: readonly number[]): ArmResult {
  const trials = losses.map((loss, index): TrialResult => {
    const test = { loss, accuracy: 0.5 };
    const final = { clean: { loss: 0, accuracy: 0.75 }, validation: test, test };
    return { seed: index + 1, epochs: [], bestEpoch: 1, seconds: 1, final };
  });
  return { name: "none", arm: "none", trainRows: 10, trials };
}

it("is mean, lowest, highest and standard error over seeds", () => {
  expect(seriesPoint(arm([1, 2, 3]), 7, testLoss.read)).toEqual({
    ...{ x: 7, mean: 2, low: 1, high: 3, seeds: 3 },
    standardError: 1 / Math.sqrt(3),
  });
});
it("reads shares in percent", () => {
  expect(seriesPoint(arm([1]), 0, testAccuracy.read)?.mean).toBe(50);
  expect(seriesPoint(arm([1]), 0, accuracyGap.read)?.mean).toBe(25);
});
it("leaves out values that are not finite, and is nothing without any", () => {
  expect(seriesPoint(arm([1, Infinity]), 0, testLoss.read)?.seeds).toBe(1);
  expect(seriesPoint(arm([1]), 0, weightNorm.read)).toBeUndefined();
  expect(seriesPoint(arm([]), 0, testLoss.read)).toBeUndefined();
});
