import { describe, expect, it } from "vitest";
import type { EpochResult } from "./results.js";
import { bestEpoch } from "./trial.js";

const epochs = (...losses: number[]): EpochResult[] =>
  losses.map((loss, index) => {
    const scores = { loss, accuracy: 0.5 };
    return { epoch: index + 1, running: scores, clean: scores, validation: scores, seconds: 1 };
  });

describe("bestEpoch", () => {
  it("is the first epoch with the lowest validation loss", () => {
    expect(bestEpoch(epochs(3, 1, 2, 1))).toBe(2);
  });

  it("passes over losses that are not numbers", () => {
    expect(bestEpoch(epochs(NaN, 2, NaN))).toBe(2);
  });

  it("is 0 without an epoch", () => {
    expect(bestEpoch([])).toBe(0);
  });
});
