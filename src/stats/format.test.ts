/** @file Expected texts: from the rule of format.ts, two significant digits of the half-width. */
import { describe, expect, it } from "vitest";
import { confidencePercent, differenceDecimals, inUnit, signed } from "./format.js";

describe("differenceDecimals", () => {
  it("shows the interval's half-width to two significant digits", () => {
    expect(differenceDecimals(-0.0392, [-0.0482, -0.0302])).toBe(4);
    expect(differenceDecimals(1.5, [1, 2])).toBe(2);
    expect(differenceDecimals(300, [100, 500])).toBe(0);
  });
  it("adds digits until an end that is not 0 does not print as 0", () => {
    expect(differenceDecimals(0.17, [0.003, 0.337])).toBe(3);
    expect(differenceDecimals(0.17, [0, 0.34])).toBe(2);
  });
  it("goes by the mean where there is no interval", () => {
    expect(differenceDecimals(0.0123, [NaN, NaN])).toBe(3);
    expect(differenceDecimals(0, [NaN, NaN])).toBe(2);
  });
});

describe("signed", () => {
  it("names the sign, except for what prints as 0", () => {
    expect(signed(0.171, 2)).toBe("+0.17");
    expect(signed(-0.171, 2)).toBe("-0.17");
    expect(signed(-0.001, 2)).toBe("0.00");
  });
});

describe("inUnit", () => {
  it("prints shares in points and leaves the rest", () => {
    expect(inUnit(0.25, "share")).toBe(25);
    expect(inUnit(0.25, "plain")).toBe(0.25);
  });
});

it("prints a confidence with as many decimals as keep it below 100", () => {
  expect([0.95, 0.975, 1 - 0.05 / 3, 1 - 0.05 / 80].map(confidencePercent)).toEqual([
    "95",
    "97.5",
    "98.3",
    "99.94",
  ]);
});
