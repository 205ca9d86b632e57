/** @file Expected values: golden_stats.json (NumPy; bins, Brier, likelihood; SciPy's minimizer for T). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { calibration } from "./calibration.js";
import { logSoftmax } from "./rows.js";
import { brierScore, negativeLogLikelihood } from "./scores.js";
import { fitTemperature, temperedProbabilities } from "./temperature.js";

const golden = readGoldenStats().calibration;
const logits = golden.logits.flat();
const labels = golden.y;
const classes = 5;
const probabilities = logSoftmax(logits, classes).map(Math.exp);
const rows = { probabilities, labels, classes };

describe("calibration", () => {
  it("equals the golden reliability table of 15 bins, open on the left", () => {
    const { bins, expectedError, maximumError } = calibration(rows);
    expect(expectedError).toBeCloseTo(golden.ece15_guo_bins_open_left, 13);
    expect(maximumError).toBeCloseTo(golden.mce15, 13);
    bins.forEach((bin, index) => {
      const [count, accuracy, confidence] = golden.bins15[index];
      expect(bin.rows).toBe(count);
      expect(bin.from).toBe(index / 15);
      if (accuracy === null || confidence === null) return expect(bin.accuracy).toBeNaN();
      expect(bin.accuracy).toBeCloseTo(accuracy, 13);
      expect(bin.confidence).toBeCloseTo(confidence, 13);
    });
  });
  it("equals the golden error of 10 bins, of bins closed on the left, and of equal mass", () => {
    const ece = (options: Parameters<typeof calibration>[1]) =>
      calibration(rows, options).expectedError;
    expect(ece({ bins: 10 })).toBeCloseTo(golden.ece10, 13);
    expect(ece({ edges: "left" })).toBeCloseTo(golden.ece15_bins_closed_left, 13);
    expect(ece({ edges: "mass" })).toBeCloseTo(golden.ece15_equal_mass, 13);
  });
  it("puts a confidence on an edge where the convention says", () => {
    const half = { probabilities: [0.5, 0.5], labels: [0], classes: 2 };
    const filled = (edges: "left" | "right") =>
      calibration(half, { bins: 2, edges }).bins.findIndex((bin) => bin.rows > 0);
    expect(filled("right")).toBe(0);
    expect(filled("left")).toBe(1);
    const sure = { probabilities: [1, 0], labels: [0], classes: 2 };
    for (const edges of ["left", "right"] as const) {
      expect(calibration(sure, { edges }).bins.at(-1)?.rows).toBe(1);
    }
    // 0.55 * 20 rounds to 11.000000000000002, and 0.55 is the edge 11 / 20 itself.
    const edge = { probabilities: [0.55, 0.45], labels: [0], classes: 2 };
    expect(calibration(edge, { bins: 20 }).bins[10].rows).toBe(1);
    expect(calibration(edge, { bins: 20, edges: "left" }).bins[11].rows).toBe(1);
  });
  it("has empty bins where rows are fewer than bins of equal mass", () => {
    const { bins } = calibration(
      { ...rows, probabilities: [1, 0, 0, 0, 0], labels: [0] },
      {
        bins: 3,
        edges: "mass",
      },
    );
    expect(bins.map((bin) => bin.rows)).toEqual([1, 0, 0]);
  });
  it("refuses logits, labels out of range and wrong shapes", () => {
    expect(() => calibration({ probabilities: logits, labels, classes })).toThrow(
      "calibration: probabilities of a row must be at least 0 and add up to 1; row 0",
    );
    expect(() => calibration({ probabilities: [1, 0], labels: [2], classes: 2 })).toThrow(
      "a class must be a whole number in [0, 1]; got 2 at row 0",
    );
    expect(() => calibration({ probabilities: [1], labels: [0], classes: 2 })).toThrow(
      "got 1 in all",
    );
    expect(() => calibration({ probabilities: [], labels: [], classes: 2 })).toThrow("got none");
  });
});

describe("proper scores", () => {
  it("equal the golden Brier score and likelihood", () => {
    expect(brierScore(rows)).toBeCloseTo(golden.brier_sum, 13);
    expect(negativeLogLikelihood({ logits, labels, classes })).toBeCloseTo(golden.nll, 13);
  });
  it("need no clipping: the likelihood of far logits is exact", () => {
    const far = { logits: [1000, -1000], labels: [1], classes: 2 };
    expect(negativeLogLikelihood(far)).toBe(2000);
    expect(negativeLogLikelihood({ ...far, logits: [0, -Infinity] })).toBe(Infinity);
  });
  it("refuse NaN", () => {
    const broken = { logits: [0, NaN], labels: [0], classes: 2 };
    expect(() => negativeLogLikelihood(broken)).toThrow("got NaN at row 0");
    expect(() => brierScore({ ...rows, probabilities: [NaN, 1], labels: [0], classes: 2 })).toThrow(
      "row 0 adds up to NaN",
    );
  });
});

describe("temperature", () => {
  it("equals the golden minimum, from logits or from log-probabilities", () => {
    for (const scores of [logits, logSoftmax(logits, classes)]) {
      const fit = fitTemperature({ logits: scores, labels, classes });
      expect(fit.temperature).toBeCloseTo(golden.temperature, 6);
      expect(fit.negativeLogLikelihood).toBeCloseTo(golden.nll_at_T, 12);
    }
  });
  it("is where probabilities at it have that likelihood, and the same predictions", () => {
    const { temperature } = fitTemperature({ logits, labels, classes });
    const softer = temperedProbabilities(logits, { classes, temperature });
    const likelihood = negativeLogLikelihood({ logits: softer.map(Math.log), labels, classes });
    expect(likelihood).toBeCloseTo(golden.nll_at_T, 12);
    expect(calibration({ ...rows, probabilities: softer }).expectedError).toBeLessThan(
      golden.ece15_guo_bins_open_left,
    );
  });
  it("is 0 where every row is right, and infinite where confidence only misleads", () => {
    const right = { logits: [2, 1, 0, 3], labels: [0, 1], classes: 2 };
    expect(fitTemperature(right)).toEqual({ temperature: 0, negativeLogLikelihood: 0 });
    expect(fitTemperature({ ...right, labels: [1, 0] })).toEqual({
      ...{ temperature: Infinity, negativeLogLikelihood: Math.log(2) },
    });
    expect(() => temperedProbabilities([0, 1], { classes: 2, temperature: 0 })).toThrow("got 0");
  });
});
