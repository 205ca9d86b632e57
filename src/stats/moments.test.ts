/** @file Expected values: exact fractions by hand. */
import { describe, expect, it } from "vitest";
import { mean, median, standardDeviation } from "./moments.js";

describe("mean", () => {
  it("keeps the digits that a plain sum loses", () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  });
  it("of no values is NaN", () => expect(mean([])).toBeNaN());
  it("refuses NaN and infinities by position", () => {
    const sentence =
      "mean: values must be finite numbers; got NaN at position 1. Leave failed trials out.";
    expect(() => mean([1, NaN])).toThrow(sentence);
    expect(() => mean([Infinity])).toThrow("got Infinity at position 0");
  });
});

describe("standardDeviation", () => {
  it("divides by n - 1", () => expect(standardDeviation([1, 2, 3, 4])).toBe(Math.sqrt(5 / 3)));
  it("does not lose digits to a large mean", () => {
    expect(standardDeviation([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(Math.sqrt(30));
  });
  it("of one value is unknown, not 0", () => {
    expect(standardDeviation([5])).toBeNaN();
    expect(standardDeviation([])).toBeNaN();
  });
  it("of equal values is 0 up to rounding", () => {
    expect(standardDeviation([0.1, 0.1, 0.1])).toBeLessThan(1e-16);
  });
});

describe("median", () => {
  it("is the middle value, or the mean of the two middle ones", () => {
    expect(median([5, 5, 5, 5, 7, 4, 5, 7])).toBe(5);
    expect(median([14, 16, 17, 17, 13, 17, 14, 17])).toBe(16.5);
    expect(median([10, 9, 1])).toBe(9);
  });
  it("leaves its argument as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
  it("of no values is NaN, and refuses NaN", () => {
    expect(median([])).toBeNaN();
    expect(() => median([NaN])).toThrow("median: values must be finite numbers; got NaN");
  });
});
