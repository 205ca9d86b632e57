/** @file Expected values: golden_stats.json (sign test); intervals: SciPy's Wilson intervals. */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { superiority } from "./superiority.js";

const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe("superiority", () => {
  it("counts wins, and equals SciPy's sign test on the golden seeds", () => {
    const { a, b, sign_test_p } = readGoldenStats().paired_seeds;
    const result = superiority(b, a);
    expect(result).toMatchObject({ pairs: 8, wins: 7, ties: 0, losses: 1, probability: 0.875 });
    expect(result.signTestPValue).toBeCloseTo(sign_test_p, 15);
    // Wilson 7 of 8: by hand (7 + 1.92) / 11.84 -+ ... = [0.529, 0.978].
    expect(result.interval[0]).toBeCloseTo(0.529, 3);
    expect(result.interval[1]).toBeCloseTo(0.978, 3);
    expect(result.grade).toBe("meaningful");
  });
  it("knows which values win", () => {
    expect(superiority([1, 2], [3, 4], { better: "lower" }).probability).toBe(1);
    expect(superiority([1, 2], [3, 4]).probability).toBe(0);
  });
  it("counts ties half in the probability, and leaves them out of the sign test", () => {
    const result = superiority([0.1 + 0.2, 1, 2, 0], [0.3, 0, 0, 1]);
    expect(result).toMatchObject({ wins: 2, ties: 1, losses: 1, probability: 0.625 });
    expect(result.signTestPValue).toBe(1);
  });
  it("is not beyond chance after three wins of three, and is after four", () => {
    expect(superiority([1, 1, 1], zeros(3)).grade).toBe("not beyond chance");
    expect(superiority([1, 1, 1, 1], zeros(4)).grade).toBe("meaningful");
  });
  it("calls a small but certain advantage beyond chance, not meaningful", () => {
    const arm = Array.from({ length: 1000 }, (_, seed) => (seed < 600 ? 1 : -1));
    expect(superiority(arm, zeros(1000)).grade).toBe("beyond chance");
  });
  it("knows nothing without pairs", () => {
    expect(superiority([], [])).toMatchObject({
      ...{ probability: NaN, interval: [NaN, NaN], grade: "not beyond chance", signTestPValue: 1 },
    });
  });
});
