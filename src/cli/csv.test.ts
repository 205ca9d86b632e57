/** @file The table as RFC 4180 wants it; rows are read back by splitting, where nothing is quoted. */
import { describe, expect, it } from "vitest";
import { sampleStudy, withArms } from "../../test/fixtures/sampleStudy.js";
import type { StudyResult } from "../study/index.js";
import { studyCsv } from "./csv.js";

const study = sampleStudy({});
const [arm] = study.arms;
const [trial] = arm.trials;

/** One arm of one trial, changed. */
const only = (change: Partial<typeof arm>): StudyResult =>
  withArms(study, [{ ...arm, trials: [trial], ...change }]);

describe("studyCsv", () => {
  it("has a row an epoch and trial, under names", () => {
    const lines = studyCsv(study).trimEnd().split("\n");
    const epochs = study.arms.flatMap(({ trials }) => trials.flatMap((each) => each.epochs));
    expect(lines).toHaveLength(1 + epochs.length);
    expect(lines[0].split(",").slice(0, 5)).toEqual([
      ...["arm", "train_rows", "seed", "epoch", "running_loss"],
    ]);
    const columns = new Set(lines.map((line) => line.split(",").length));
    expect(columns).toEqual(new Set([13]));
  });

  it("has the test scores in the row of the epoch that the trial ended with, and in no other", () => {
    const restored = { ...trial, restoredEpoch: 2 };
    const rows = studyCsv(only({ trials: [restored] }))
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const scored = rows.filter((row) => row[11] !== "");
    expect(scored.map((row) => row[3])).toEqual(["2"]);
    expect(Number(scored[0][11])).toBe(trial.final?.test.loss);
  });

  it("quotes names with commas and quotes, and keeps numbers whole", () => {
    const epochs = [{ ...trial.epochs[0], running: { loss: NaN, accuracy: 1 / 3 } }];
    const text = studyCsv(only({ arm: 'a,"b"', trials: [{ ...trial, epochs }] }));
    expect(text.split("\n")[1].startsWith('"a,""b""",')).toBe(true);
    expect(text).toContain(`,NaN,${1 / 3},`);
  });
});
