/** @file Expected values: golden_stats.json (Prechelt's formulas in Python on a real training's curves). */
import { describe, expect, it } from "vitest";
import { readGoldenStats } from "../../test/fixtures/goldenStats.js";
import { generalizationLoss, progressQuotient, trainingProgress } from "./prechelt.js";
import { stoppingEpoch, type StoppingCriterion } from "./stoppingEpoch.js";

const { train, val: validation, strip1, strip2, strip5 } = readGoldenStats().prechelt;
const curves = { train, validation };

describe.each([strip1, strip2, strip5])("with strips of $k epochs", (golden) => {
  const strip = golden.k;
  it("generalization loss, progress and their quotient equal the golden curves", () => {
    generalizationLoss(validation).forEach((loss, i) => expect(loss).toBeCloseTo(golden.GL[i], 10));
    const progress = trainingProgress(train, { strip });
    const quotient = progressQuotient(curves, { strip });
    golden.Pk.forEach((value, i) => {
      if (value === null) {
        expect(progress[i]).toBeNaN();
        expect(quotient[i]).toBeNaN();
        return;
      }
      expect(progress[i]).toBeCloseTo(value, 8);
      // Infinity was read as null.
      const expected = golden.PQ[i];
      if (expected === null) expect(quotient[i]).toBe(Infinity);
      else expect(quotient[i]).toBeCloseTo(expected, 12);
    });
  });
  it.each(Object.entries(golden.stop_epoch))("%s stops at epoch %s", (name, epoch) => {
    const [kind, number] = name.split("_");
    // GL at strip ends is another rule than Prechelt's GL; the golden file has both.
    if (name.startsWith("GL") && name.endsWith("strip_ends")) return;
    const criterion = (
      kind === "UP"
        ? { kind, successive: Number(number), strip }
        : { kind, threshold: Number(number), strip }
    ) as StoppingCriterion;
    expect(stoppingEpoch(curves, criterion)).toBe(epoch ?? undefined);
  });
});

it("refuses accuracies of 0, curves of unlike length and impossible thresholds", () => {
  expect(() => generalizationLoss([0.5, 0])).toThrow("got 0 at position 1. Use a loss");
  expect(() => progressQuotient({ train: [1], validation: [1, 2] })).toThrow("got 1 and 2");
  expect(() => stoppingEpoch(curves, { kind: "GL", threshold: -1 })).toThrow("at least 0; got -1");
  expect(() => stoppingEpoch(curves, { kind: "UP", successive: 0 })).toThrow("at least 1; got 0");
});
