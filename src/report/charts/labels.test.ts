/** @file Expected positions: by hand; the property is what the function promises. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { shorten, spreadLabels } from "./labels.js";

const at = (...ys: readonly number[]) => ys.map((y, i) => ({ text: String(i), y, color: "red" }));
const positions = (labels: readonly { y: number }[]) =>
  labels.map(({ y }) => y).sort((a, b) => a - b);

it("leaves labels where they are if there is room", () => {
  expect(positions(spreadLabels(at(1, 5, 9), { gap: 2, top: 10 }))).toEqual([1, 5, 9]);
});
it("moves labels up, and down again from the top", () => {
  expect(positions(spreadLabels(at(1, 1, 1), { gap: 2, top: 10 }))).toEqual([1, 3, 5]);
  expect(positions(spreadLabels(at(9, 9, 9), { gap: 2, top: 10 }))).toEqual([6, 8, 10]);
});
it("keeps the distance, the top and the order, whatever the labels", () => {
  const heights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 });
  const property = fc.property(heights, (ys) => {
    const spread = spreadLabels(at(...ys), { gap: 5, top: 100 });
    const sorted = [...spread].sort((a, b) => a.y - b.y);
    for (let i = 1; i < sorted.length; i++) {
      expect(sorted[i].y - sorted[i - 1].y).toBeGreaterThanOrEqual(5);
      expect(ys[Number(sorted[i].text)]).toBeGreaterThanOrEqual(ys[Number(sorted[i - 1].text)]);
    }
    expect(Math.max(0, ...spread.map(({ y }) => y))).toBeLessThanOrEqual(100);
  });
  fc.assert(property, { seed: 6 });
});
it("shortens to the length asked for", () => {
  expect(shorten("dropout=0.5", 11)).toBe("dropout=0.5");
  expect(shorten("dropout=0.55", 11)).toBe("dropout=0.…");
});
