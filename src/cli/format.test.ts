import { describe, expect, it } from "vitest";
import { formatBar, formatCount, formatDuration, formatRanges } from "./format.js";

describe("formatDuration", () => {
  it("uses two units at most", () => {
    const texts = [0, 8.4, 59.7, 100, 7500].map(formatDuration);
    expect(texts).toEqual(["0 s", "8 s", "1 min 0 s", "1 min 40 s", "2 h 5 min"]);
  });
});

describe("formatBar", () => {
  it("is empty at 0, full at 1 and always as wide", () => {
    expect([0, 0.5, 1, 1.2].map((share) => formatBar(share, 4))).toEqual([
      "░░░░",
      "██░░",
      "████",
      "████",
    ]);
  });
});

describe("formatCount", () => {
  it("knows one from many", () => {
    expect([formatCount(1, "trial"), formatCount(1234, "trial")]).toEqual([
      "1 trial",
      "1,234 trials",
    ]);
  });
});

describe("formatRanges", () => {
  it("draws runs together", () => {
    expect([[], [7], [1, 2, 3, 5, 8, 9]].map(formatRanges)).toEqual(["", "7", "1-3, 5, 8-9"]);
  });
});
