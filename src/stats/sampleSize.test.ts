/** @file Expected values: stats_scipy.json (a search over n with `scipy.stats`); 29 pairs: Bouthillier et al. */
import { describe, expect, it } from "vitest";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { seedsForHalfWidth, seedsForPower, seedsForSuperiority } from "./sampleSize.js";

describe("seedsForHalfWidth", () => {
  it.each(scipy.sample_sizes.half_width)("is the fewest: sd $sd, +-$halfWidth", (one) => {
    expect(seedsForHalfWidth(one.sd, one)).toBe(one.seeds);
  });
  it("refuses what would take millions of seeds", () => {
    expect(() => seedsForHalfWidth(1, { halfWidth: 1e-6 })).toThrow("Ask for a wider interval");
    expect(() => seedsForHalfWidth(0, { halfWidth: 1 })).toThrow(
      "sd must be a number greater than 0",
    );
  });
});

describe("seedsForPower", () => {
  it.each(scipy.sample_sizes.power)("is the fewest: effect $effect, power $power", (one) => {
    expect(seedsForPower(one.effect, one)).toBe(one.seeds);
  });
});

describe("seedsForSuperiority", () => {
  it("is 29 for a probability of 0.75 and 5 % of either error", () => {
    expect(seedsForSuperiority()).toBe(29);
  });
  it("needs more for less", () => {
    expect(seedsForSuperiority({ probability: 0.6 })).toBe(181); // (3.2897 / (sqrt(6) 0.1))^2 = 180.4
    expect(() => seedsForSuperiority({ probability: 0.5 })).toThrow("(0.5, 1]; got 0.5");
  });
});
