/** @file Expected sentences: written by hand from the rules of headline.ts. */
import { describe, expect, it } from "vitest";
import { sampleStudy, withArms } from "../../test/fixtures/sampleStudy.js";
import type { Comparison, StudyResult, SweepResult, Verdict } from "../study/index.js";
import { headline, pairingHeadline } from "./headline.js";

const study = sampleStudy();
const [few, same] = ["too few seeds to tell", "no detectable difference"] as const;

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

/** A study whose arms a, b, c, ... have these verdicts on each metric. */
function several(verdicts: Readonly<Record<string, readonly Verdict[]>>): StudyResult {
  const comparisons = Object.entries(verdicts).flatMap(([metric, words]) =>
    words.map((verdict, index) => ({
      ...study.comparisons[0],
      arm: "abcdef"[index],
      metric,
      verdict,
    })),
  );
  return { ...study, comparisons };
}

describe("headline", () => {
  it("of one pair of arms is its verdict", () => {
    expect(headline(study).title).toBe("dropout=0.5 is better than none in all 5 measures.");
    expect(headline(sampleStudy({ seeds: 1 })).title).toMatch(/^Too few seeds to tell/);
  });
  it("of several arms claims what the first metric does, and tells the others after it", () => {
    const result = several({
      "test accuracy": ["better", same, "worse", "better"],
      "test loss": [same, same, few, "better"],
      gap: [same, same, same, same],
    });
    expect(headline(result)).toEqual({
      title: "a and d are better than none in test accuracy, but c is worse.",
      rest: [
        "Test loss: d better; a and b without a detectable difference; c with too few seeds to tell.",
        "Gap: all without a detectable difference.",
      ],
    });
  });
  it("counts what is too long to list", () => {
    const result = several({ "test loss": ["worse", "worse", "worse", "worse", same] });
    expect(headline(result).title).toBe("4 of 5 arms are worse than none in test loss.");
  });
  it("claims nothing where no arm differs on the first metric, whatever the others say", () => {
    const result = several({ "test accuracy": [same, few], gap: ["better", "better"] });
    expect(headline(result).title).toBe(
      "No detectable difference in test accuracy between none and any of 2 arms.",
    );
  });
  it("of several sizes says what each finds", () => {
    const sized = [100, 5000].flatMap((rows) =>
      study.arms.map((arm) => ({ ...arm, name: `${arm.arm}, ${rows} rows`, trainRows: rows })),
    );
    const result = { ...withArms(study, sized), sizes: { rows: [100, 5000], equal: "epochs" } };
    expect(headline(result as StudyResult)).toEqual({
      title: "dropout=0.5 compared with none on 2 numbers of training rows.",
      rest: [
        "100 rows: dropout=0.5 is better than none in test accuracy.",
        "5,000 rows: dropout=0.5 is better than none in test accuracy.",
      ],
    });
  });
  it("names what a sweep chose", () => {
    const points = [1e-4, 1e-3].map((value) => ({ arm: `l2=${value}`, value }));
    const sweep: SweepResult = {
      ...{
        name: "l2=1e-4..1e-3:2",
        technique: "l2",
        parameter: "strength",
        scale: "log" as const,
        points,
      },
      ...{ trainRows: 54_000, best: 0, oneStandardError: 1 },
    };
    expect(headline({ ...study, sweeps: [sweep] }).rest).toEqual([
      "Of l2=1e-4..1e-3:2, l2=0.0001 has the lowest validation loss; l2=0.001 is the strongest " +
        "within one standard error of it.",
    ]);
  });
  it("of one arm says that there is nothing to compare", () => {
    expect(headline(withArms(study, study.arms.slice(0, 1))).title).toBe(
      "No comparison: 1 arm trained.",
    );
  });
});
