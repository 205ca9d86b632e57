/** @file Expected sentences: written by hand from the rules of errorRate.ts. */
import { describe, expect, it } from "vitest";
import { sampleStudy } from "../../test/fixtures/sampleStudy.js";
import type { StoppingResult, StudyResult } from "../study/index.js";
import { commonLevel, intervalNote, stoppingSentence } from "./errorRate.js";

const study = sampleStudy();
const arms = ["none", "a", "b"].map((name, index) => ({ name, regularization: index / 2 }));
const threeArms = sampleStudy({ arms });

describe("intervalNote", () => {
  const firstOnly = ({ comparisons }: StudyResult): StudyResult => ({
    ...study,
    comparisons: comparisons.slice(0, 1),
  });

  it("of one arm bounds the chance of a false claim by the number of metrics", () => {
    expect(intervalNote(study)).toBe(
      "Each interval is at 95 %. The 5 intervals are not corrected against each other: if no arm " +
        "differed from its baseline in anything, the chance of at least one false claim would be up " +
        "to 25 %. Name the metric that counts before looking.",
    );
    expect(intervalNote(firstOnly(study))).toBe("One interval is shown, at 95 %.");
  });
  it("of several arms says that they share one error rate on each metric", () => {
    expect(intervalNote(threeArms)).toMatch(
      /^On each metric 2 arms share an error rate of 5 %.* The 5 families are not .* up to 25 %/,
    );
    const oneMetric = threeArms.comparisons.filter(({ metric }) => metric === "gap");
    expect(intervalNote({ ...threeArms, comparisons: oneMetric })).not.toContain("corrected");
  });
  it("counts intervals, not comparisons", () => {
    expect(intervalNote(sampleStudy({ seeds: 1 }))).toBe(
      "No interval is shown: there are too few seeds.",
    );
  });
});

it("knows the level that all intervals share, and when there is none", () => {
  expect(commonLevel(study.comparisons)).toBe("95 %");
  const [first] = study.comparisons;
  expect(commonLevel([first, { ...first, confidence: 0.975 }])).toBeUndefined();
});

describe("stoppingSentence", () => {
  const stopped = (reason: StoppingResult["reason"], limits: Partial<StoppingResult> = {}) =>
    stoppingSentence({ ...study, stopping: { halfWidth: 0.001, pilot: 5, reason, ...limits } })[0];

  it("says what was wanted, what came of it, and whose intervals these are", () => {
    expect(stopped("narrow enough")).toBe(
      "Seeds were added to a pilot of 5 until every interval of the test accuracy would reach at most " +
        "0.1 points to either side, which 8 seeds reached. Intervals are those of Stein, by the spread " +
        "of the pilot; they keep their level although the number of seeds was chosen by looking.",
    );
    expect(stopped("budget spent", { minutes: 30, trials: 16 })).toContain(
      "but the budget was spent after 8 seeds. Budget: 30 minutes, 16 trials.",
    );
    expect(stopped("interrupted")).toContain("but the study was interrupted at 8 seeds.");
    expect(stopped("spread unknown")).toContain("no spread, so 8 seeds ended it.");
  });
  it("is nothing where the number of seeds was given", () => {
    expect(stoppingSentence(study)).toEqual([]);
  });
});
