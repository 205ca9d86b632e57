/** @file Expected values: Stein's formula by hand, with quantiles of `scipy.stats.t`. */
import { describe, expect, it } from "vitest";
import { runNullStudies } from "./nullStudies.js";
import { twoStageDifferences, untilNarrow } from "./twoStage.js";

/** Arms whose baseline is 0, so that values are differences. */
const arm = (...differences: number[]) => ({
  arm: differences,
  baseline: differences.map(() => 0),
});

describe("untilNarrow", () => {
  it("wants the pilot first, and knows no interval before", () => {
    const plan = untilNarrow([arm(1, 2)], { halfWidth: 1, pilot: 3 });
    expect(plan).toMatchObject({ stop: false, reason: undefined, wanted: 3 });
    expect(plan.arms[0]).toMatchObject({ mean: 1.5, interval: [NaN, NaN], needed: NaN });
  });
  it("then wants (t sd / halfWidth)^2 seeds, and stops once they are there", () => {
    // sd 1, t(0.975, 2) = 4.302653: (4.302653 / 1)^2 = 18.5.
    const pilot = untilNarrow([arm(1, 2, 3)], { halfWidth: 1, pilot: 3 });
    expect(pilot).toMatchObject({ stop: false, wanted: 19 });
    const more = [1, 2, 3, ...Array.from({ length: 16 }, () => 2)];
    const end = untilNarrow([arm(...more)], { halfWidth: 1, pilot: 3 });
    expect(end).toMatchObject({ stop: true, reason: "narrow enough", wanted: 19 });
    const [low, high] = end.arms[0].interval;
    expect((high - low) / 2).toBeCloseTo(4.302652729749462 / Math.sqrt(19), 12);
    expect((high - low) / 2).toBeLessThanOrEqual(1);
  });
  it("uses the pilot's spread alone, however much later seeds vary", () => {
    const calm = twoStageDifferences([1, 2, 3, 2], [0, 0, 0, 0], { pilot: 3 });
    const wild = twoStageDifferences([1, 2, 3, 90], [0, 0, 0, 0], { pilot: 3 });
    expect(wild.standardError).toBe(calm.standardError);
    expect(wild.mean).toBe(24);
  });
  it("waits for the arm that needs most, at a level that holds for all together", () => {
    // Two arms: t(0.9875, 2) = 6.205347; sd 2: (6.205347 * 2 / 2)^2 = 38.5.
    const plan = untilNarrow([arm(1, 2, 3), arm(2, 4, 6)], { halfWidth: 2, pilot: 3 });
    expect(plan.wanted).toBe(39);
    const alone = { halfWidth: 2, pilot: 3, comparisons: 1 };
    expect(untilNarrow([arm(1, 2, 3), arm(2, 4, 6)], alone).wanted).toBe(19);
  });
  it("stops at the budget, with an interval that is honest about its width", () => {
    const plan = untilNarrow([arm(1, 2, 3, 2, 2)], { halfWidth: 0.1, pilot: 3, mostSeeds: 5 });
    expect(plan).toMatchObject({ stop: true, reason: "budget spent", wanted: 5 });
    const [low, high] = plan.arms[0].interval;
    expect((high - low) / 2).toBeCloseTo(4.302652729749462 / Math.sqrt(5), 12);
  });
  it("stops where the pilot shows no spread to plan with", () => {
    const identical = { arm: [0.4, 0.7, 1], baseline: [0.3, 0.6, 0.9] };
    const plan = untilNarrow([identical], { halfWidth: 0.1, pilot: 3 });
    expect(plan).toMatchObject({ stop: true, reason: "spread unknown" });
    expect(plan.arms[0].interval).toEqual([NaN, NaN]);
  });
  it("needs the pilot only where arms agree exactly, and claims nothing if they part later", () => {
    const plan = untilNarrow([arm(0, 0, 0)], { halfWidth: 0.1, pilot: 3 });
    expect(plan).toMatchObject({ stop: true, reason: "narrow enough" });
    expect(plan.arms[0]).toMatchObject({ interval: [0, 0], pValue: 1 });
    expect(twoStageDifferences([0, 0, 0, 1], [0, 0, 0, 0], { pilot: 3 }).pValue).toBeNaN();
  });
  it("refuses no arms, a width of 0 and a pilot of 2", () => {
    expect(() => untilNarrow([], { halfWidth: 1 })).toThrow("at least one arm");
    expect(() => untilNarrow([arm(1)], { halfWidth: 0 })).toThrow(
      "halfWidth must be a number greater",
    );
    expect(() => untilNarrow([arm(1)], { halfWidth: 1, pilot: 2 })).toThrow("at least 3; got 2");
  });
});

/** At or below 5 %, up to three standard errors of a rate over so many studies. */
const limit = (studies: number) => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies);

describe("in simulated studies", () => {
  const studies = 2000;
  it.each([0.4, 0.8, 1.6])(
    "its interval covers the truth for a width of %d spreads",
    (halfWidth) => {
      const rule = { kind: "untilNarrow", halfWidth, pilot: 5 } as const;
      const { missed } = runNullStudies({ noise: "normal", arms: 2, rule, studies });
      expect(missed / studies).toBeLessThan(limit(studies));
    },
  );
  it("its intervals cover jointly over four arms, also when a budget stops it", () => {
    const rule = { kind: "untilNarrow", halfWidth: 0.5, pilot: 5, mostSeeds: 12 } as const;
    const counts = runNullStudies({ noise: "normal", arms: 5, rule, studies, effect: 1 });
    expect(counts.missed / studies).toBeLessThan(limit(studies));
    expect(counts.falseBetter / studies).toBeLessThan(limit(studies));
    expect(counts.seeds / studies).toBeLessThanOrEqual(12);
  });
  it("its verdicts keep their rate, and find what is there", () => {
    const rule = { kind: "untilNarrow", halfWidth: 1, pilot: 10 } as const;
    for (const noise of ["normal", "skewed", "coarse"] as const) {
      const counts = runNullStudies({ noise, arms: 5, rule, studies: 1000, effect: 1 });
      expect(counts.falseBetter / 1000).toBeLessThan(limit(1000));
      expect(counts.trueBetter / 1000).toBeGreaterThan(0.3);
    }
  });
  it("watching the ordinary interval until it is narrow misses more often: the check can fail", () => {
    const rule = { kind: "watched", halfWidth: 1.2 } as const;
    const { missed } = runNullStudies({ noise: "normal", arms: 2, rule, studies });
    expect(missed / studies).toBeGreaterThan(limit(studies));
  });
});
