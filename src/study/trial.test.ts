import { describe, expect, it } from "vitest";
import { finalEpoch, type EpochResult } from "./results.js";
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

describe("finalEpoch", () => {
  const trial = { seed: 1, epochs: epochs(3, 1, 2), bestEpoch: 2, seconds: 1 };

  it("is the last one, or that whose weights early stopping put back", () => {
    expect(finalEpoch(trial)?.epoch).toBe(3);
    expect(finalEpoch({ ...trial, restoredEpoch: 2 })?.epoch).toBe(2);
    expect(finalEpoch({ epochs: [] })).toBeUndefined();
  });
});
