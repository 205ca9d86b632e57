/** @file Beta variates: mean and variance of Beta(a, a), which are 1/2 and 1 / (4 (2 a + 1)). */
import { describe, expect, it } from "vitest";
import { randomStream } from "../../util/index.js";
import { drawBeta } from "./beta.js";

const DRAWS = 20_000;

describe("Beta(alpha, alpha)", () => {
  it.each([0.01, 0.2, 1, 4])("has its moments at alpha %d", (alpha) => {
    const random = randomStream(1, `beta ${alpha}`);
    const draws = Array.from({ length: DRAWS }, () => drawBeta(random, alpha));
    expect(draws.every((x) => x >= 0 && x <= 1)).toBe(true);
    const mean = draws.reduce((a, b) => a + b) / DRAWS;
    const squares = draws.map((x) => (x - 0.5) ** 2);
    const variance = squares.reduce((a, b) => a + b) / DRAWS;
    const expected = 1 / (4 * (2 * alpha + 1));
    // Four standard errors; a square lies in [0, 1/4].
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(expected / DRAWS));
    const spread = Math.sqrt(squares.reduce((a, s) => a + (s - expected) ** 2, 0) / DRAWS);
    expect(Math.abs(variance - expected)).toBeLessThan((4 * spread) / Math.sqrt(DRAWS) + 1e-12);
  });

  it("is uniform at alpha 1: a tenth of the draws in each tenth", () => {
    const random = randomStream(2, "beta");
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < DRAWS; i++) counts[Math.min(9, Math.floor(drawBeta(random, 1) * 10))]++;
    const expected = DRAWS / 10;
    const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // The quantile at 0.9995 for nine degrees of freedom (SciPy: chi2.ppf).
    expect(chiSquare).toBeLessThan(29.67);
  });
});
