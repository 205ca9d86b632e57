/** @file Expected numbers: by hand. */
import { expect, it } from "vitest";
import type { ArmResult, TrialResult } from "../study/index.js";
import { armCosts } from "./costs.js";

function arm(name: string, trainRows: number, seconds: readonly number[]): ArmResult {
  const scores = { loss: 1, accuracy: 0.9 };
  const trials = seconds.map((total, index): TrialResult => {
    const epochs = [1, 2, 3].map((epoch) => ({
      ...{ epoch, running: scores, clean: scores, validation: scores },
      seconds: epoch,
    }));
    const final = { clean: scores, validation: scores, test: scores };
    return { seed: index + 1, epochs, final, bestEpoch: index + 1, seconds: total };
  });
  return { name: `${name}, ${trainRows} rows`, arm: name, trainRows, trials };
}

it("times are means over seeds, beside the first arm of the same size", () => {
  const arms = [arm("none", 10, [4, 6]), arm("l2", 10, [10, 10]), arm("none", 99, [50, 50])];
  const [none, l2, larger] = armCosts(arms);
  expect([none, l2, larger].map(({ relative }) => relative)).toEqual([1, 2, 1]);
  expect(none.trial).toEqual({ mean: 5, sd: Math.SQRT2 });
  // Steps of 1, 2 and 3 seconds; best epochs 1 and 2.
  expect(none).toMatchObject({ epochs: 3, epoch: 2, bestEpoch: 1.5, untilBest: 2 });
  expect(none.testError).toBeCloseTo(0.1, 12);
});
it("an arm that finished nothing has no cost", () => {
  const [cost] = armCosts([{ ...arm("none", 10, []), trials: [] }]);
  expect([cost.trial.mean, cost.relative, cost.untilBest, cost.testError]).toEqual([
    NaN,
    NaN,
    NaN,
    NaN,
  ]);
});
