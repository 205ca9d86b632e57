/** @file Contract: the report must read the very values that the study compared. */
import { describe, expect, it } from "vitest";
import { endEarly, sampleStudy } from "../../test/fixtures/sampleStudy.js";
import { mean } from "../stats/index.js";
import { finishedTrials, metricNamed, seedDifferences } from "./metrics.js";

describe("seedDifferences", () => {
  const study = sampleStudy();

  it.each(study.comparisons)(
    "of $metric have the mean that the comparison states",
    (comparison) => {
      const differences = seedDifferences(study, comparison);
      expect(differences).toHaveLength(comparison.pairs);
      expect(mean(differences.map(({ difference }) => difference))).toBe(comparison.difference);
    },
  );
  it("leave out seeds that did not finish in both arms", () => {
    const changed = endEarly(study, { arm: "none", seed: 3, epochs: 5 });
    const seeds = seedDifferences(changed, changed.comparisons[0]).map(({ seed }) => seed);
    expect(seeds).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(finishedTrials(changed.arms[0])).toHaveLength(7);
  });
  it("are none for a metric or an arm that is not there", () => {
    const [comparison] = study.comparisons;
    expect(seedDifferences(study, { ...comparison, metric: "beauty" })).toEqual([]);
    expect(seedDifferences(study, { ...comparison, arm: "gone" })).toEqual([]);
    expect(metricNamed("beauty")).toBeUndefined();
  });
});
