/** @file Expected values: golden_stats.json (NumPy; Yang et al. 2020 and Domingos 2000). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { crossEntropyBiasVariance, squaredBiasVariance } from "./biasVariance.js";
import { zeroOneBiasVariance } from "./domingos.js";
import { logSoftmax, predictedClasses } from "./rows.js";

const { yang2020, domingos2000, domingos2000_random } = readGoldenStats();
const logits = yang2020.logits.map((rows) => rows.flat());
const options = { labels: yang2020.y, classes: 4 };

describe("squaredBiasVariance", () => {
  it("equals the golden unbiased estimates", () => {
    const probabilities = logits.map((one) => logSoftmax(one, 4).map(Math.exp));
    const { risk, bias, variance } = squaredBiasVariance(probabilities, options);
    expect(risk).toBeCloseTo(yang2020.mse.risk, 13);
    expect(variance).toBeCloseTo(yang2020.mse.variance_unbiased, 13);
    expect(bias).toBeCloseTo(yang2020.mse.bias2_unbiased, 13);
  });
  it("refuses a single training, which cannot vary", () => {
    expect(() => squaredBiasVariance([[1, 0]], { labels: [0], classes: 2 })).toThrow(
      "at least 2 trainings; got 1",
    );
  });
});

describe("crossEntropyBiasVariance", () => {
  it("equals the golden decomposition; its bias is the geometric ensemble's loss", () => {
    const { risk, bias, variance } = crossEntropyBiasVariance(logits, options);
    expect(risk).toBeCloseTo(yang2020.ce.risk, 13);
    expect(bias).toBeCloseTo(yang2020.ce.bias_KL, 13);
    expect(variance).toBeCloseTo(yang2020.ce.variance_KL, 13);
    expect(bias).toBeCloseTo(yang2020.ensemble.CE_of_geometric_mean, 13);
  });
  it("stays finite where probabilities underflow to 0", () => {
    const far = [
      [0, -2000],
      [-2000, 0],
    ];
    // Geometric mean (1/2, 1/2): bias log 2, risk (0 + 2000) / 2.
    const { risk, bias } = crossEntropyBiasVariance(far, { labels: [0], classes: 2 });
    expect(risk).toBe(1000);
    expect(bias).toBeCloseTo(Math.LN2, 13);
  });
});

describe("zeroOneBiasVariance", () => {
  it.each([
    { name: "of networks", golden: domingos2000, classes: 4 },
    { name: "of random answers", golden: domingos2000_random, classes: 3 },
  ])("equals the golden decomposition $name, row by row", ({ golden, classes }) => {
    const result = zeroOneBiasVariance(golden.predictions, { labels: golden.y, classes });
    result.points.forEach((point, row) => {
      expect(point.main).toBe(golden.main[row]);
      expect(point.loss).toBeCloseTo(golden.loss[row], 14);
      expect(point.bias).toBe(golden.bias[row]);
      expect(point.variance).toBeCloseTo(golden.variance[row], 14);
      expect(point.sign).toBeCloseTo(golden.c2[row], 14);
      expect(point.bias + point.sign * point.variance).toBeCloseTo(point.loss, 14);
    });
    expect(result.loss).toBeCloseTo(golden.mean_loss, 14);
    expect(result.bias).toBeCloseTo(golden.mean_bias, 14);
    expect(result.variance).toBeCloseTo(golden.mean_variance, 14);
    expect(result.netVariance).toBeCloseTo(golden.net_variance, 14);
    expect(result.unbiasedVariance).toBeCloseTo(golden.variance_unbiased_points, 14);
    expect(result.biasedVariance).toBeCloseTo(golden.variance_biased_points, 14);
  });
  it("takes the golden predictions from the golden logits", () => {
    const predictions = logits.map((one) => [...predictedClasses(one, 4)]);
    expect(predictions).toEqual(domingos2000.predictions);
  });
  it("refuses trainings of unlike length", () => {
    expect(() => zeroOneBiasVariance([[0]], { labels: [0, 1], classes: 2 })).toThrow("got 1");
    expect(() => zeroOneBiasVariance([], { labels: [0], classes: 2 })).toThrow("got 0 and 1");
  });
});
