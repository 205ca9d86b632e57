/** @file Expected texts: the examples of the docstrings, and roundings by hand. */
import { expect, it } from "vitest";
import { compactJson } from "./compactJson.js";
import { differenceTexts, typographic } from "./differences.js";
import { count, duration, list, lossText, percent, plural } from "./format.js";

it("prints shares in percent with two decimals", () => {
  expect([0.98219, 1, 0, NaN].map(percent)).toEqual(["98.22", "100.00", "0.00", "–"]);
});
it("prints losses with four decimals, fewer as they grow", () => {
  const losses = [0.09784, 1.23456, 12.3456, 1234.56, 123456.7, -0.00491, NaN];
  const texts = ["0.0978", "1.2346", "12.346", "1234.6", "123457", "-0.0049", "–"];
  expect(losses.map(lossText)).toEqual(texts);
});
it("prints durations in the unit that fits", () => {
  const seconds = [0.84, 9.94, 9.96, 59.4, 59.6, 185, 3599.7, 7440, NaN];
  const texts = ["0.8 s", "9.9 s", "10 s", "59 s", "1 min 00 s", "3 min 05 s", "1 h 00 min"];
  expect(seconds.map(duration)).toEqual([...texts, "2 h 04 min", "–"]);
});
it("counts and lists in English", () => {
  expect(count(54000)).toBe("54,000");
  expect([plural(1, "seed"), plural(0, "seed"), plural(8, "seed")]).toEqual([
    "1 seed",
    "0 seeds",
    "8 seeds",
  ]);
  expect([list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"])]).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
});
it("sets minus signs before numbers only, and keeps percent signs on their line", () => {
  expect(typographic("l2=1e-4: -0.03 (-0.05 to -0.01), 95 % interval")).toBe(
    "l2=1e-4: −0.03 (−0.05 to −0.01), 95\u00a0% interval",
  );
});
it("prints accuracies in points, losses as they are, and nothing where JSON has null", () => {
  const comparison = {
    arm: "a",
    baseline: "b",
    metric: "test accuracy",
    difference: 0.0017,
    interval: [0.00003, 0.00337],
    pairs: 8,
    verdict: "better",
    sentence: "",
    confidence: 0.95,
    comparisons: 1,
    pValue: 0.01,
    adjustedPValue: 0.01,
    details: {
      bootstrap: [null, null],
      wilcoxonPValue: null,
      superiority: null,
      effectSize: null,
      seedsForHalfTheWidth: null,
    },
  } as const;
  const texts = { difference: "+0.170", interval: "+0.003 to +0.337" };
  expect(differenceTexts(comparison)).toEqual(texts);
  const loss = { ...comparison, metric: "test loss", difference: -0.5, interval: [-1, 0] } as const;
  expect(differenceTexts(loss)).toEqual({ difference: "-0.50", interval: "-1.00 to 0.00" });
  expect(differenceTexts({ ...loss, interval: [null, null] })).toEqual({ difference: "-0.50" });
  // What JSON.stringify makes of a difference that is NaN.
  const nothing = JSON.parse('{"difference": null, "interval": [null, null]}') as object;
  expect(differenceTexts({ ...loss, ...nothing })).toEqual({ difference: "–" });
});
it("compact JSON is JSON, with the innermost containers on one line", () => {
  const value = { a: [1, 2], b: { c: [{ d: 1 }, {}], e: "x", f: undefined }, g: [] };
  const text = compactJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(text.split("\n")).toContain('      { "d": 1 },');
  expect(compactJson(undefined)).toBe("null");
});
