/** @file Prechelt's criteria stop a training where golden_stats.json says, on a real curve, and restore its best. */
import { describe, expect, it } from "vitest";
import { readFixture } from "../../../test/contract/fixtures.js";
import { watchCurve } from "../../../test/contract/watchCurve.js";
import type { StoppingCriterion } from "../../stats/index.js";
import { precheltStopping } from "./precheltStopping.js";

type Stops = Readonly<Record<string, number | null>>;
interface Golden {
  readonly prechelt: {
    readonly train: readonly number[];
    readonly val: readonly number[];
  } & Readonly<Record<`strip${1 | 2 | 5}`, { readonly stop_epoch: Stops }>>;
}

const { prechelt } = readFixture<Golden>("golden_stats");

interface Case {
  readonly criterion: StoppingCriterion;
  readonly epoch: number | null;
}

function casesOf(strip: 1 | 2 | 5): readonly Case[] {
  const stops = prechelt[`strip${strip}`].stop_epoch;
  const lossCases = [1, 5].map((threshold): Case => ({
    criterion: { kind: "GL", threshold },
    epoch: stops[`GL_${threshold}`],
  }));
  const quotientCases = [0.5, 1].map((threshold): Case => ({
    criterion: { kind: "PQ", threshold, strip },
    epoch: stops[`PQ_${threshold}_strip_ends`],
  }));
  const risingCases = [1, 2, 3, 4].map((successive): Case => ({
    criterion: { kind: "UP", successive, strip },
    epoch: stops[`UP_${successive}`],
  }));
  return [...lossCases, ...quotientCases, ...risingCases];
}

const cases = ([1, 2, 5] as const).flatMap(casesOf);
const lowest = prechelt.val.indexOf(Math.min(...prechelt.val)) + 1;

describe("precheltStopping", () => {
  it.each(cases)("stops by $criterion after epoch $epoch", async ({ criterion, epoch }) => {
    const watched = await watchCurve(precheltStopping({ criterion }), prechelt.val, {
      train: prechelt.train,
    });
    expect(watched.epochs).toBe(epoch ?? prechelt.val.length);
    expect(watched.stopped === undefined).toBe(epoch === null);
    expect(watched.weights).toBe(lowest);
  });

  it("goes on from its memory as if nothing had happened", async () => {
    const callback = precheltStopping({ criterion: { kind: "UP", successive: 2, strip: 2 } });
    const options = { train: prechelt.train };
    const whole = await watchCurve(callback, prechelt.val, options);
    const resumed = await watchCurve(callback, prechelt.val, { ...options, interruptAfter: 5 });
    expect(resumed).toEqual(whole);
  });

  it("says what it saw, and leaves the last weights if told so", async () => {
    const callback = precheltStopping({
      criterion: { kind: "GL", threshold: 5 },
      restoreBestWeights: false,
    });
    const { stopped, weights } = await watchCurve(callback, [2, 1, 1.04, 1.06]);
    expect(weights).toBe(4);
    expect(stopped).toBe(
      "the generalization loss passed its limit; the lowest validation loss was 1 at epoch 2",
    );
  });

  it.each<[object, string]>([
    [{ kind: "XX" }, 'PrecheltStopping: criterion.kind must be GL, PQ or UP; got "XX".'],
    [{ kind: "GL", threshold: -1 }, "threshold must be a number of at least 0; got -1."],
    [{ kind: "UP", successive: 0 }, "successive must be a whole number of at least 1; got 0."],
    [{ kind: "PQ", threshold: 1, strip: 0 }, "strip must be a whole number of at least 1; got 0."],
  ])("refuses %j", (criterion, sentence) => {
    expect(() => precheltStopping({ criterion: criterion as StoppingCriterion })).toThrow(sentence);
  });
});
