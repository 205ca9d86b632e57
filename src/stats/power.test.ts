/** @file Expected values: stats_scipy.json (`scipy.stats.nct`, `scipy.stats.t`). */
import { describe, expect, it } from "vitest";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { studentCdf } from "./distributions.js";
import { pairedPower, shiftedStudentTail } from "./power.js";

describe("pairedPower", () => {
  it.each(scipy.power)("of effect $effect with $seeds seeds equals SciPy's", (one) => {
    expect(Math.abs(pairedPower(one.effect, one) - one.power)).toBeLessThan(1e-10);
  });
  it("is the significance without an effect", () => {
    for (const seeds of [2, 3, 10, 1000]) {
      expect(pairedPower(0, { seeds, significance: 0.05 })).toBeCloseTo(0.05, 11);
    }
  });
});

describe("shiftedStudentTail", () => {
  it("without a shift is Student's own", () => {
    for (const df of [1, 2, 5, 40, 5000]) {
      for (const t of [-3, 0, 0.7, 12]) {
        expect(shiftedStudentTail(t, { df, shift: 0 })).toBeCloseTo(1 - studentCdf(t, df), 11);
      }
    }
  });
});
