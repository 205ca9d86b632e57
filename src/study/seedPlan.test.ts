/** @file Stein's number of seeds is computed here from the spread by hand; the rule itself is tested in stats. */
import { describe, expect, it } from "vitest";
import { referenceRecipe } from "../techniques/index.js";
import { designStudy } from "./design.js";
import type { UntilChoice } from "./plan.js";
import type { ArmResult, TrialResult } from "./results.js";
import { planSeeds } from "./seedPlan.js";
import { describeStopping } from "./stopping.js";

const design = (until: UntilChoice | undefined, seeds = 3) =>
  designStudy({ recipe: referenceRecipe, arms: ["none", "dropout"], seeds, until });

const scores = (accuracy: number) => ({ loss: 1, accuracy });
/** One trial a value; undefined is a trial that failed. */
const arm = (name: string, accuracies: readonly (number | undefined)[]): ArmResult => ({
  ...{ name, arm: name, trainRows: 10 },
  trials: accuracies.map((accuracy, i): TrialResult => {
    const trial = { seed: i + 1, epochs: [], bestEpoch: 1, seconds: 1 };
    if (accuracy === undefined) return trial;
    const all = scores(accuracy);
    return { ...trial, final: { clean: all, validation: all, test: all } };
  }),
});
const none = arm("none", [0.5, 0.5, 0.5]);
// Differences 0.01, 0.02, 0.03: spread 0.01, t(0.975, 2) = 4.302653.
const dropout = arm("dropout", [0.51, 0.52, 0.53]);
const arms = [none, dropout];

describe("planSeeds", () => {
  it("wants the seeds of the design, and no more without a width", () => {
    expect(planSeeds(design(undefined), { arms: [], done: 0 })).toEqual({ wanted: 3 });
    expect(planSeeds(design(undefined), { arms, done: 3 })).toEqual({ wanted: 3 });
  });

  it("wants as many as the pilot's spread asks for: (t sd / half-width)^2", () => {
    // (4.302653 * 0.01 / 0.01)^2 = 18.51
    expect(planSeeds(design({ halfWidth: 0.01 }), { arms, done: 3 })).toEqual({ wanted: 19 });
  });

  it("plans a narrow width in stretches, for it may ask for millions", () => {
    expect(planSeeds(design({ halfWidth: 1e-6 }), { arms, done: 3 })).toEqual({ wanted: 53 });
  });

  it("stops where the interval is narrow, and says so", () => {
    expect(planSeeds(design({ halfWidth: 0.05 }), { arms, done: 3 })).toEqual({
      wanted: 3,
      reason: "narrow enough",
    });
  });

  it("stops at the trials that are allowed: 11 trials are 5 seeds of 2 arms", () => {
    const until = { halfWidth: 0.01, trials: 11 };
    expect(planSeeds(design(until), { arms, done: 3 })).toEqual({ wanted: 5 });
    const five = [
      arm("none", [0.5, 0.5, 0.5, 0.5, 0.5]),
      arm("dropout", [0.51, 0.52, 0.53, 0.5, 0.6]),
    ];
    expect(planSeeds(design(until), { arms: five, done: 5 })).toEqual({
      wanted: 5,
      reason: "budget spent",
    });
  });

  it("replaces seeds that failed, but not for ever", () => {
    const failing = arm("dropout", [0.51, undefined, 0.53]);
    expect(planSeeds(design({ halfWidth: 0.01 }), { arms: [none, failing], done: 3 })).toEqual({
      wanted: 4,
    });
    const never = [arm("none", Array(6).fill(0.5)), arm("dropout", Array(6).fill(undefined))];
    expect(planSeeds(design({ halfWidth: 0.01 }), { arms: never, done: 6 }).reason).toBe(
      "budget spent",
    );
  });

  it("does not look at which arm is ahead: better or worse by as much, it wants the same seeds", () => {
    const worse = arm("dropout", [0.49, 0.48, 0.47]);
    expect(planSeeds(design({ halfWidth: 0.01 }), { arms: [none, worse], done: 3 })).toEqual({
      wanted: 19,
    });
  });

  it("refuses what could never stop or never begin", () => {
    expect(() => design({ halfWidth: 0 })).toThrow(
      "Study: halfWidth must be a number in (0, 1]; got 0.",
    );
    expect(() => design({ halfWidth: 0.01 }, 2)).toThrow(
      "Study: the pilot must have at least 3 seeds; got 2. Use 10.",
    );
    expect(() => design({ halfWidth: 0.01, trials: 5 })).toThrow(
      "Study: trials must be enough for the pilot, 6; got 5. Use more trials or fewer seeds.",
    );
    const alone = { recipe: referenceRecipe, arms: ["none"], seeds: 3, until: { halfWidth: 0.1 } };
    expect(() => designStudy(alone)).toThrow("Study: an interval needs two arms or more; got one.");
  });
});

describe("describeStopping", () => {
  it("names the reason, or the interruption, of an adaptive study only", () => {
    const adaptive = design({ halfWidth: 0.01 });
    expect(describeStopping(adaptive, "budget spent")).toEqual({
      halfWidth: 0.01,
      pilot: 3,
      reason: "budget spent",
    });
    expect(describeStopping(adaptive, undefined)?.reason).toBe("interrupted");
    expect(describeStopping(design(undefined), undefined)).toBeUndefined();
  });
});
