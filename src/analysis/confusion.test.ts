/** @file Expected values: counted by hand, in scikit-learn's orientation (labels down). */
import { describe, expect, it } from "vitest";
import { confusionMatrix, mostConfused } from "./confusion.js";

const labels = [0, 0, 0, 1, 1, 2, 2, 2];
const predictions = [0, 1, 1, 1, 0, 2, 0, 1];

describe("confusionMatrix", () => {
  it("has labels down and predictions across", () => {
    const { counts } = confusionMatrix(predictions, { labels, classes: 3 });
    expect([...counts]).toEqual([1, 2, 0, 1, 1, 0, 1, 1, 1]);
  });
  it("refuses lists of unlike length, and classes out of range", () => {
    expect(() => confusionMatrix([0], { labels, classes: 3 })).toThrow("got 1 and 8");
    expect(() => confusionMatrix([3], { labels: [0], classes: 3 })).toThrow(
      "[0, 2]; got 3 at row 0",
    );
  });
});

describe("mostConfused", () => {
  const matrix = confusionMatrix(predictions, { labels, classes: 3 });
  it("lists the most frequent first, lower classes first among equals, and no right ones", () => {
    const pairs = mostConfused(matrix);
    expect(pairs[0]).toEqual({ label: 0, predicted: 1, rows: 2, share: 2 / 3 });
    const rest = pairs.slice(1).map(({ label, predicted }) => [label, predicted]);
    expect(rest).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ]);
  });
  it("ends after as many as wanted", () => {
    expect(mostConfused(matrix, { most: 2 })).toHaveLength(2);
  });
});
