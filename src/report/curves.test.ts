/** @file Expected numbers: by hand. */
import { expect, it } from "vitest";
import type { ArmResult, TrialResult } from "../study/index.js";
import { armCurve } from "./curves.js";

function trial(seed: number, losses: readonly number[], finished = true): TrialResult {
  const epochs = losses.map((loss, index) => {
    const scores = { loss, accuracy: 0.5 };
    return { epoch: index + 1, running: scores, clean: scores, validation: scores, seconds: 1 };
  });
  const scores = { loss: 1, accuracy: 0.5 };
  const final = { clean: scores, validation: scores, test: scores };
  return { seed, epochs, bestEpoch: 1, seconds: 1, ...(finished && { final }) };
}

const curve = (trials: readonly TrialResult[]) =>
  armCurve(
    { name: "none", arm: "none", trainRows: 10, trials } satisfies ArmResult,
    ({ validation }) => validation.loss,
  );

it("gives mean, lowest and highest seed of each epoch", () => {
  expect(curve([trial(1, [4, 2]), trial(2, [8, 3])])).toEqual([
    { epoch: 1, mean: 6, low: 4, high: 8, seeds: 2 },
    { epoch: 2, mean: 2.5, low: 2, high: 3, seeds: 2 },
  ]);
});
it("counts the seeds of each epoch where trials stop early", () => {
  expect(curve([trial(1, [4]), trial(2, [8, 3])]).map(({ seeds }) => seeds)).toEqual([2, 1]);
});
it("leaves out unfinished trials and values that are not finite", () => {
  const points = curve([trial(1, [4, Infinity]), trial(2, [2, 3]), trial(3, [99, 99], false)]);
  expect(points.map(({ high }) => high)).toEqual([4, 3]);
});
it("of an arm that finished nothing is empty", () => expect(curve([])).toEqual([]));
