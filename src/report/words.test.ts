/** @file Expected sentences: written by hand from the rules of words.ts. */
import { describe, expect, it } from "vitest";
import { endEarly, sampleStudy, withArms } from "../../test/fixtures/sampleStudy.js";
import type { Comparison, StudyResult, Verdict } from "../study/index.js";
import {
  headline,
  intervalNote,
  pairingHeadline,
  setting,
  unfinishedTrials,
  warnings,
} from "./words.js";

const study = sampleStudy();

function pairing(verdicts: readonly Verdict[]) {
  const metrics = ["test accuracy", "test loss", "gap"];
  const comparisons: readonly Comparison[] = verdicts.map((verdict, index) => ({
    ...study.comparisons[0],
    metric: metrics[index],
    verdict,
  }));
  return pairingHeadline({ arm: "dropout=0.5", baseline: "none", comparisons });
}

describe("pairingHeadline", () => {
  const [few, same] = ["too few seeds to tell", "no detectable difference"] as const;

  it("claims only the measures whose verdict is better or worse", () => {
    expect(pairing(["better", "better", "better"]).title).toBe(
      "dropout=0.5 is better than none in all 3 measures.",
    );
    expect(pairing([same, "better", few])).toEqual({
      title: "dropout=0.5 is better than none in test loss.",
      rest: ["No detectable difference in test accuracy.", "Too few seeds to tell about gap."],
    });
    expect(pairing(["worse", "worse", "better"]).title).toBe(
      "dropout=0.5 is better than none in gap, but worse than none in test accuracy and test loss.",
    );
  });
  it("claims nothing where no interval excludes 0", () => {
    expect(pairing([same, same, same])).toEqual({
      title: "No detectable difference between dropout=0.5 and none.",
      rest: [],
    });
  });
  it("claims nothing from too few seeds", () => {
    expect(pairing([few, few, few]).title).toBe("Too few seeds to tell dropout=0.5 from none.");
    expect(pairing([few]).rest).toEqual([
      "A verdict needs 3 or more paired seeds that differ; 5 or more are advisable.",
    ]);
  });
});

describe("headline", () => {
  it("of one pair of arms is its verdict", () => {
    expect(headline(study).title).toBe("dropout=0.5 is better than none in all 5 measures.");
    expect(headline(sampleStudy({ seeds: 1 })).title).toMatch(/^Too few seeds to tell/);
  });
  it("of several pairs makes no claim of its own", () => {
    const arms = ["none", "a", "b"].map((name, index) => ({ name, regularization: index / 2 }));
    const { title, rest } = headline(sampleStudy({ arms }));
    expect(title).toBe("2 arms compared with none.");
    expect(rest).toHaveLength(2);
  });
  it("of one arm says that there is nothing to compare", () => {
    expect(headline(withArms(study, study.arms.slice(0, 1))).title).toBe(
      "No comparison: 1 arm trained.",
    );
  });
});

describe("intervalNote", () => {
  const withIntervals = (shown: number): StudyResult => ({
    ...study,
    comparisons: Array.from({ length: shown }, () => study.comparisons[0]),
  });

  it("bounds the chance of a false alarm by the number of intervals", () => {
    expect(intervalNote(study)).toBe(
      "5 intervals are shown, each at 95 % on its own; nothing corrects for their number. If no arm " +
        "differed from its baseline in anything, the chance that at least one excludes 0 would be up to 25 %.",
    );
    expect(intervalNote(withIntervals(1))).toBe("One interval is shown, at 95 %.");
    expect(intervalNote(withIntervals(40))).toContain("about 2 of them would exclude 0 by luck.");
  });
  it("counts intervals, not comparisons", () => {
    expect(intervalNote(sampleStudy({ seeds: 1 }))).toBe(
      "No interval is shown: there are too few seeds.",
    );
  });
});

describe("trouble", () => {
  const failure = { epoch: 3, step: 900, message: "The loss became NaN." };
  const failed = endEarly(study, { arm: "none", seed: 2, epochs: 2, failure });

  it("is nothing in a study that went well", () => {
    expect(warnings(study)).toEqual([]);
    expect(unfinishedTrials(study)).toEqual([]);
  });
  it("names failures and interruption, and what they do to the comparison", () => {
    expect(warnings({ ...failed, interrupted: true })).toEqual([
      "The study was interrupted: 15 of 16 trials finished.",
      "1 of 16 trials failed.",
      "Means are over finished trials; a seed is compared only if it finished in both arms.",
    ]);
  });
  it("lists each unfinished trial with its reason", () => {
    const stopped = endEarly(study, { arm: "none", seed: 2, epochs: 4 });
    expect(unfinishedTrials(failed)[0]).toMatchObject({
      arm: "none",
      reason: "The loss became NaN.",
    });
    expect(unfinishedTrials(stopped)[0].reason).toBe("Stopped after 4 epochs.");
  });
});

it("the setting names data, arms, seeds, epochs and engine", () => {
  expect(setting(study)).toBe(
    "mnist: 54,000 training, 6,000 validation and 10,000 test rows. 2 arms, 8 seeds, 20 epochs. " +
      "Engine: wasm, relaxed SIMD.",
  );
});
