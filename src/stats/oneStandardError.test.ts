/** @file Expected values: golden_stats.json (a lasso path on scikit-learn's diabetes data). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { oneStandardErrorRule } from "./oneStandardError.js";

const { lambdas, cvm, cvsd, index_min, index_1se } = readGoldenStats().one_se_diabetes;
const points = lambdas.map((strength, i) => ({
  ...{ strength, mean: cvm[i], standardError: cvsd[i] },
}));

describe("oneStandardErrorRule", () => {
  it("chooses as the golden path does, in whatever order points come", () => {
    expect(oneStandardErrorRule(points)).toEqual({ best: index_min, oneStandardError: index_1se });
    const last = points.length - 1;
    expect(oneStandardErrorRule(points.toReversed())).toEqual({
      best: last - index_min,
      oneStandardError: last - index_1se,
    });
  });
  it("takes the strongest of equally good points", () => {
    const equal = [1, 3, 2].map((strength) => ({ strength, mean: 0.5, standardError: 0 }));
    expect(oneStandardErrorRule(equal)).toEqual({ best: 1, oneStandardError: 1 });
  });
  it("refuses an empty sweep and NaN", () => {
    expect(() => oneStandardErrorRule([])).toThrow("at least one point; got none");
    const broken = [{ strength: 1, mean: NaN, standardError: 0 }];
    expect(() => oneStandardErrorRule(broken)).toThrow("got NaN");
  });
});
