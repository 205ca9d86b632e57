/** @file Expected texts: by hand. */
import { expect, it } from "vitest";
import { axisNumber, bandChart } from "./bandChart.js";

it("prints the shorter of a number and its power of 10", () => {
  expect([0, 0.4, 1e-4, 4.6415888e-6, 0.001, 100].map(axisNumber)).toEqual([
    "0",
    "0.4",
    "1e-4",
    "4.64e-6",
    "1e-3",
    "100",
  ]);
});
it("labels ticks that are no power of 10 on a logarithmic axis, and leaves out empty lines", () => {
  const point = (x: number) => ({ x, mean: x, low: x, high: x, standardError: 0, seeds: 1 });
  const style = { color: "red", dash: "none" };
  const { markup } = bandChart({
    title: "Loss",
    axis: { label: "rows", scale: "log", values: [300, 7000], print: String },
    lines: [
      { ...style, name: "none", points: [point(300), point(7000)] },
      { ...style, name: "gone", points: [] },
    ],
    print: String,
    choices: [{ x: 300, text: "best" }],
  });
  expect(markup).toMatch(/<text[^>]*>300<\/text>/);
  expect(markup).toMatch(/<text[^>]*>7000<\/text>/);
  expect(markup).toContain("none goes from 300 at 300 to 7000 at 7000. Marked as best: 300.");
  expect(markup).not.toContain("gone");
});
