/** @file What the rows of a training must be, and the sentence for each way in which they are not. */
import { describe, expect, it } from "vitest";
import { checkFeatures, countRows, type LabelledRows } from "./data.js";
import { dense } from "./layers/dense.js";
import { chooseMetrics } from "./metrics/apply.js";
import { buildNetwork } from "./network.js";
import { checkSupervised } from "./supervision.js";
import { nameLayers } from "./wiring.js";

const good: LabelledRows = {
  features: Float32Array.of(1, 2, 3, 4, 5, 6),
  featureShape: [2],
  scale: 1,
  labels: Int32Array.of(0, 1, 2),
  classes: 3,
};
const network = buildNetwork(nameLayers([dense({ units: 3, activation: "softmax" })]), [2]);
const measures = { loss: { kind: "categoricalCrossEntropy" }, metrics: chooseMetrics([]) };

describe("rows", () => {
  it("are counted, and accepted where they fit", () => {
    expect(countRows(good)).toBe(3);
    expect(() => checkSupervised("fit", good, { network, measures })).not.toThrow();
  });

  it.each<[Partial<LabelledRows>, string]>([
    [{ featureShape: [3] }, "fit: rows must have the shape [2]; got [3]."],
    [
      { features: new Float32Array(0), labels: new Int32Array(0) },
      "fit: there must be at least one row; got 0.",
    ],
    [
      { features: new Float32Array(5) },
      "fit: features must hold whole rows of 2 numbers; got 5 numbers.",
    ],
    [
      { features: Float32Array.of(0, 0, 0, NaN, 0, 0) },
      "fit: features must be finite numbers; got NaN in row 1, feature 1 (both from 0).",
    ],
    [
      { features: Float32Array.of(0, 0, 0, 0, -Infinity, 0) },
      "fit: features must be finite numbers; got -Infinity in row 2, feature 0 (both from 0).",
    ],
    [{ scale: NaN }, "fit: scale must be a finite number; got NaN."],
    [
      { labels: Int32Array.of(0, 1) },
      "fit: each row must have one label; got 2 labels for 3 rows.",
    ],
    [
      { labels: Int32Array.of(0, 3, 1) },
      "fit: labels must be class numbers from 0 to 2; got 3 in row 1 (from 0).",
    ],
    [
      { labels: Int32Array.of(0, 1, -1) },
      "fit: labels must be class numbers from 0 to 2; got -1 in row 2 (from 0).",
    ],
    [
      { classes: 10 },
      "fit: the last layer must have one unit for each of the 10 classes; got 3 units.",
    ],
  ])("%o are refused", (change, sentence) => {
    expect(() => checkSupervised("fit", { ...good, ...change }, { network, measures })).toThrow(
      sentence,
    );
  });

  it("need no labels for a prediction", () => {
    const { features, featureShape, scale } = good;
    const unlabelled = { features, featureShape, scale };
    expect(() => checkFeatures("predict", unlabelled, network)).not.toThrow();
  });
});
