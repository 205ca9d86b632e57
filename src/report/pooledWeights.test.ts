/** @file Expected: a histogram made at once over the common reach, and means by hand. */
import { expect, it } from "vitest";
import { weightHistogram } from "../analysis/index.js";
import type { ArmResult, WeightDiagnostics } from "../study/index.js";
import { randomStream } from "../util/index.js";
import { commonReach, poolHistogram, summarizeWeights } from "./pooledWeights.js";

const scores = { loss: 1, accuracy: 0.5 };
const final = { clean: scores, validation: scores, test: scores };

function diagnosticsOf(values: Float32Array, reach: number): WeightDiagnostics {
  const exactZeros = values.filter((value) => value === 0).length;
  return {
    ...{ weights: values.length, exactZeros, nearZeros: exactZeros + 2, norm: reach },
    ...{ liveZeros: exactZeros / 2, liveWeights: values.length / 2, deadUnits: 1, hiddenUnits: 8 },
    histogram: { reach, counts: weightHistogram(values, { bins: 128, reach }).counts },
  };
}

function armOf(all: readonly WeightDiagnostics[]): ArmResult {
  const trials = all.map((weights, index) => ({
    ...{ seed: index + 1, epochs: [], bestEpoch: 1, seconds: 1, final },
    diagnostics: { weights },
  }));
  return { name: "none", arm: "none", trainRows: 10, trials };
}

const draw = (seed: number, size: number): Float32Array => {
  const noise = randomStream(seed, "test");
  return Float32Array.from({ length: 500 }, (_, index) =>
    index % 10 === 0 ? 0 : size * (2 * noise.uniform() - 1),
  );
};

it("bins of a smaller reach nest in the common one: nothing is split, zeros stand apart", () => {
  // The smallest reach is less than one common bin to either side.
  const parts = [
    { values: draw(1, 1), reach: 1 },
    { values: draw(2, 0.25), reach: 0.25 },
    { values: draw(3, 2 ** -8), reach: 2 ** -8 },
  ];
  const arm = armOf(parts.map(({ values, reach }) => diagnosticsOf(values, reach)));
  const { bins, exactZeros } = poolHistogram(arm, commonReach([arm]));
  const all = parts.flatMap(({ values }) => [...values]);
  const direct = weightHistogram(all, { bins: 128, reach: 1 });
  direct.counts.forEach((count, i) => {
    expect(bins[i].count * 3).toBeCloseTo(i === 64 ? count - 150 : count, 9);
    expect(bins[i].from).toBeCloseTo(direct.edges[i], 12);
  });
  expect(exactZeros).toBe(50);
});
it("means are over seeds, live zeros and near zeros by themselves", () => {
  const summary = summarizeWeights(
    armOf([diagnosticsOf(draw(1, 1), 1), diagnosticsOf(draw(2, 1), 2)]),
  );
  expect(summary?.exactZeros).toEqual({ mean: 50, sd: 0 });
  expect(summary?.liveZeroShare.mean).toBeCloseTo(0.1, 12);
  expect(summary?.nearZeroShare.mean).toBeCloseTo(2 / 500, 12);
  expect(summary?.norm.mean).toBe(1.5);
  expect(summarizeWeights(armOf([]))).toBeUndefined();
});
