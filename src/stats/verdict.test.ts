/** @file Expected words: the rule of verdict.ts. */
import { describe, expect, it } from "vitest";
import { verdict } from "./verdict.js";

describe("verdict", () => {
  it("needs an interval that excludes 0, ends included", () => {
    const word = (low: number, high: number) =>
      verdict({ pairs: 5, interval: [low, high] }, "higher");
    expect(word(0.1, 0.2)).toBe("better");
    expect(word(-0.2, -0.1)).toBe("worse");
    expect(word(-0.1, 0.2)).toBe("no detectable difference");
    expect(word(0, 0.2)).toBe("no detectable difference");
    expect(word(-0.2, 0)).toBe("no detectable difference");
    expect(word(0, 0)).toBe("no detectable difference");
  });
  it("knows in which direction a metric is better", () => {
    expect(verdict({ pairs: 5, interval: [-0.2, -0.1] }, "lower")).toBe("better");
    expect(verdict({ pairs: 5, interval: [0.1, 0.2] }, "lower")).toBe("worse");
  });
  it("makes no claim from fewer than three pairs, however clear they look", () => {
    for (const pairs of [0, 1, 2]) {
      expect(verdict({ pairs, interval: [0.1, 0.2] }, "higher")).toBe("too few seeds to tell");
    }
    expect(verdict({ pairs: 3, interval: [0.1, 0.2] }, "higher")).toBe("better");
  });
});
