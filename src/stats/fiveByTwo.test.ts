/** @file Expected values: golden_stats.json and stats_scipy.json (`scipy.stats.t`, `scipy.stats.f`). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { fiveByTwoTest, fTail } from "./fiveByTwo.js";

const golden = readGoldenStats().dietterich_5x2cv;

describe("fTail", () => {
  it.each(scipy.f_tail)("P(F($d1, $d2) > $f) equals SciPy's", ({ f, d1, d2, p }) => {
    expect(Math.abs(fTail(f, [d1, d2]) / p - 1)).toBeLessThan(1e-11);
  });
});

describe("fiveByTwoTest", () => {
  it("equals the golden t and F", () => {
    const { t, tPValue, f, fPValue } = fiveByTwoTest(golden.diffs);
    expect(t).toBeCloseTo(golden.t, 12);
    expect(tPValue).toBeCloseTo(golden.p, 12);
    expect(f).toBeCloseTo(golden.alpaydin_F, 12);
    expect(fPValue).toBeCloseTo(golden.F_p, 12);
  });
  it("has a t that depends on which difference comes first, and an F that does not", () => {
    const reversed = golden.diffs.toReversed();
    expect(fiveByTwoTest(reversed).t).not.toBeCloseTo(golden.t, 3);
    expect(fiveByTwoTest(reversed).f).toBeCloseTo(golden.alpaydin_F, 12);
  });
  it("knows nothing where no two differences of a replication differ", () => {
    const same = Array.from({ length: 5 }, (): [number, number] => [0.25, 0.25]);
    expect(fiveByTwoTest(same)).toEqual({ t: NaN, tPValue: NaN, f: NaN, fPValue: NaN });
  });
  it("refuses other than five pairs", () => {
    expect(() => fiveByTwoTest([[1, 2]])).toThrow(
      "differences must be 5 pairs; got 1 of lengths 2",
    );
  });
});
