/** @file Expected sentences: written by hand from the rules of words.ts. */
import { describe, expect, it } from "vitest";
import { endEarly, sampleStudy } from "../../test/fixtures/sampleStudy.js";
import { setting, unfinishedTrials, warnings } from "./words.js";

const study = sampleStudy();

describe("trouble", () => {
  const failure = { epoch: 3, step: 900, message: "The loss became NaN." };
  const failed = endEarly(study, { arm: "none", seed: 2, epochs: 2, failure });

  it("is nothing in a study that went well", () => {
    expect(warnings(study)).toEqual([]);
    expect(unfinishedTrials(study)).toEqual([]);
  });
  it("names failures and interruption, and what they do to the comparison", () => {
    expect(warnings({ ...failed, interrupted: true })).toEqual([
      "The study was interrupted: 15 of 16 trials finished.",
      "1 of 16 trials failed.",
      "Means are over finished trials; a seed is compared only if it finished in both arms.",
    ]);
  });
  it("lists each unfinished trial with its reason", () => {
    const stopped = endEarly(study, { arm: "none", seed: 2, epochs: 4 });
    expect(unfinishedTrials(failed)[0]).toMatchObject({
      arm: "none",
      reason: "The loss became NaN.",
    });
    expect(unfinishedTrials(stopped)[0].reason).toBe("Stopped after 4 epochs.");
  });
});

it("the setting names data, arms, seeds, epochs and engine", () => {
  expect(setting(study)).toBe(
    "mnist: 54,000 training, 6,000 validation and 10,000 test rows. 2 arms, 8 seeds, 20 epochs. " +
      "Engine: wasm, relaxed SIMD.",
  );
});
it("the setting of several sizes names them all, and each arm once", () => {
  const [none, dropout] = study.arms;
  const sized = [100, 5000].flatMap((rows) =>
    [none, dropout].map((arm) => ({ ...arm, name: `${arm.arm}, ${rows} rows`, trainRows: rows })),
  );
  const sizes = { rows: [100, 5000], equal: "updates" } as const;
  expect(setting({ ...study, arms: sized, sizes })).toBe(
    "mnist: 100 and 5,000 training, 6,000 validation and 10,000 test rows. 2 arms, 8 seeds, " +
      "up to 20 epochs. Engine: wasm, relaxed SIMD.",
  );
});
