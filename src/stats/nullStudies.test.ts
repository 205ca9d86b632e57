/** @file Expected rates: the nominal 5 % over all arms, with three standard errors of the simulation. */
import { describe, expect, it } from "vitest";
import { runNullStudies } from "./nullStudies.js";

const studies = 2000;
const limit = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies);
const rule = { kind: "fixed", seeds: 5 } as const;

describe("among arms without effect, at most 5 % of the studies call one better", () => {
  describe.each([2, 5, 10])("%d arms", (arms) => {
    it.each(["normal", "skewed", "coarse"] as const)("%s noise", (noise) => {
      const { falseBetter, falseClaim } = runNullStudies({ noise, arms, rule, studies });
      expect(falseBetter / studies).toBeLessThan(limit);
      expect(falseClaim / studies).toBeLessThan(limit);
    });
  });
  it("also while another arm has an effect, which is found", () => {
    const counts = runNullStudies({ noise: "normal", arms: 5, rule, studies, effect: 1.5 });
    expect(counts.falseBetter / studies).toBeLessThan(limit);
    expect(counts.trueBetter / studies).toBeGreaterThan(0.3);
  });
});

it("a long tail of the differences on the bad side exceeds the rate: the check can fail", () => {
  const { falseBetter } = runNullStudies({ noise: "lopsided", arms: 2, rule, studies });
  expect(falseBetter / studies).toBeGreaterThan(limit);
});

it("is a function of its options", () => {
  const options = { noise: "skewed", arms: 3, rule, studies: 200 } as const;
  expect(runNullStudies(options)).toEqual(runNullStudies(options));
  expect(() => runNullStudies({ ...options, arms: 1 })).toThrow(
    "arms must be a whole number in [2",
  );
});
