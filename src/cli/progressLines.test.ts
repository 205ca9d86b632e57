import { describe, expect, it } from "vitest";
import pc from "picocolors";
import type { EpochResult, StudyEvent, TrialSpec } from "../study/index.js";
import { referenceRecipe } from "../techniques/index.js";
import { eventLines, liveLines } from "./progressLines.js";
import { advance, emptyProgress, studyShare, type ProgressState } from "./progressState.js";

const colors = pc.createColors(false);
const training = { ...referenceRecipe.training, epochs: 10 };
const recipe = { ...referenceRecipe, training };
const trials: readonly TrialSpec[] = [
  { index: 0, arm: "none", seed: 1, recipe },
  { index: 1, arm: "dropout=0.5", seed: 1, recipe },
];
const [first, second] = trials;
const data = {
  name: "digits",
  trainRows: 1800,
  validationRows: 200,
  testRows: 10000,
  hash: "00",
};
const planned: StudyEvent = {
  kind: "planned",
  trials,
  known: new Map(),
  more: false,
  workers: 2,
  data,
};
const scores = { loss: 0.25, accuracy: 0.91234 };

function epochEvent(trial: TrialSpec, epoch: number): StudyEvent {
  const result: EpochResult = {
    epoch,
    running: scores,
    clean: scores,
    validation: { loss: 0.3, accuracy: 0.9 },
    seconds: 1,
  };
  return { kind: "epoch", trial, result };
}

function finish(trial: TrialSpec): StudyEvent & { kind: "finished" } {
  const { result } = epochEvent(trial, 10) as StudyEvent & { kind: "epoch" };
  const seconds = 12.3;
  const final = { clean: scores, validation: result.validation, test: scores };
  return {
    kind: "finished",
    trial,
    result: { seed: trial.seed, epochs: [result], final, bestEpoch: 10, seconds },
  };
}

/** Feeds events, each with the second at which it came. */
function play(...events: readonly (readonly [number, StudyEvent])[]): ProgressState {
  return events.reduce(
    (state, [second, event]) => advance(state, event, 1000 * second),
    emptyProgress,
  );
}

const live = (state: ProgressState, second: number, columns = 100, rows = 24): string[] =>
  liveLines(state, { now: 1000 * second, columns, rows, colors });

describe("live lines", () => {
  it("show arm, seed, epoch, loss and time left of each running trial, then the study", () => {
    const state = play(
      [0, planned],
      [0, { kind: "started", trial: first }],
      [0, { kind: "started", trial: second }],
      [4, epochEvent(first, 1)],
      [8, epochEvent(first, 2)],
      [10, { kind: "progress", trial: first, epoch: 3, step: 5, steps: 10, loss: 0.125 }],
      [10, { kind: "progress", trial: second, epoch: 1, step: 5, steps: 10, loss: 2 }],
    );
    // 2.5 of 10 epochs in 10 s leave 30 s; 3 of 20 epochs in 10 s leave 57 s.
    expect(live(state, 10)).toEqual([
      "none         seed 1  █████░░░░░░░░░░░░░░░  epoch  3/10  loss 0.1250  30 s left",
      "dropout=0.5  seed 1  █░░░░░░░░░░░░░░░░░░░  epoch  1/10  loss 2.0000",
      "0 of 2 trials  ███░░░░░░░░░░░░░░░░░  57 s left",
    ]);
  });

  it("name no time left before the first epoch has told the pace", () => {
    const state = play([0, planned], [0, { kind: "started", trial: first }]);
    expect(live(state, 5).join()).not.toContain("left");
  });

  it("fit the terminal's width and height", () => {
    const state = play(
      [0, planned],
      [0, { kind: "started", trial: first }],
      [0, { kind: "started", trial: second }],
    );
    expect(Math.max(...live(state, 1, 30).map(({ length }) => length))).toBeLessThan(30);
    expect(live(state, 1, 100, 4)[1]).toBe("and 1 trial more");
  });

  it("count a finished trial as done and drop its line", () => {
    const state = play([0, planned], [0, { kind: "started", trial: first }], [9, finish(first)]);
    expect(studyShare(state)).toBe(0.5);
    expect(live(state, 9)).toEqual(["1 of 2 trials  ██████████░░░░░░░░░░  9 s left"]);
  });
});

describe("lasting lines", () => {
  const lines = (event: StudyEvent, state: ProgressState): string[] =>
    eventLines(event, state, 9000);

  it("say what is trained on what", () => {
    expect(lines(planned, play([0, planned]))).toEqual([
      "digits: 1,800 training, 200 validation and 10,000 test rows; 2 trials on 2 workers",
    ]);
  });

  it("say once what starts and what is finished, and how much is left", () => {
    const start: StudyEvent = { kind: "started", trial: first };
    const state = play([0, planned], [0, start], [9, finish(first)]);
    expect(lines(start, state)).toEqual(["started  none, seed 1"]);
    expect(lines(finish(first), state)).toEqual([
      "finished none, seed 1: test accuracy 91.23 %, validation loss 0.3000, 12 s (1 of 2, about 9 s left)",
    ]);
    expect(lines(epochEvent(first, 1), state)).toEqual([]);
  });

  it("give the reason of a failed trial, and the stack of a crash", () => {
    const message = "The loss became NaN in epoch 2.";
    const failure = { epoch: 2, step: 9, message };
    const result = { seed: 1, epochs: [], bestEpoch: 0, seconds: 1, failure };
    const failed: StudyEvent = { kind: "failed", trial: first, result };
    const state = play([0, planned], [9, failed]);
    expect(lines(failed, state)).toEqual([
      `failed   none, seed 1: ${message} (1 of 2, about 9 s left)`,
    ]);
    const error = Object.assign(new Error("x"), { stack: "Error: x\n    at train" });
    expect(lines({ ...failed, error }, state).slice(1)).toEqual([
      "This is a defect in Holdout, or the machine is out of memory:",
      "Error: x\n    at train",
    ]);
  });
});
