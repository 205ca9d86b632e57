/** @file Expected values of ranges are written out; the rule of one standard error is tested in stats. */
import { describe, expect, it } from "vitest";
import type { Sweep } from "./plan.js";
import type { ArmResult, TrialResult } from "./results.js";
import { chooseStrengths, expandSweeps } from "./sweep.js";

describe("expandSweeps", () => {
  it("puts one arm a value in the place of an arm with a range, both ends included", () => {
    expect(expandSweeps(["none", "dropout=0..0.8:5", "l1=1e-4"]).arms).toEqual([
      ...["none", "dropout=0", "dropout=0.2", "dropout=0.4", "dropout=0.6", "dropout=0.8"],
      "l1=1e-4",
    ]);
  });

  it("sweeps penalties by equal factors, with the shortest names", () => {
    const { arms, sweeps } = expandSweeps(["l2=1e-6..1e-1:6"]);
    expect(arms).toEqual(["l2=1e-6", "l2=1e-5", "l2=1e-4", "l2=1e-3", "l2=0.01", "l2=0.1"]);
    expect(sweeps[0]).toMatchObject({
      ...{ name: "l2=1e-6..1e-1:6", technique: "l2", parameter: "strength", scale: "log" },
      points: [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1].map((value, i) => ({ arm: arms[i], value })),
    });
  });

  it("rounds values between the ends to three digits, unless they would be the same", () => {
    expect(expandSweeps(["l2=1e-6..1e-1:7"]).sweeps[0].points.map(({ value }) => value)).toEqual([
      ...[1e-6, 6.81e-6, 4.64e-5, 3.16e-4, 2.15e-3, 1.47e-2, 1e-1],
    ]);
    expect(expandSweeps(["l2=1..1.001:3"]).arms[1]).toMatch(/^l2=1\.000\d{4,}$/);
  });

  it("goes downwards too, and finds a range inside of a composed arm or among named parameters", () => {
    expect(expandSweeps(["l2=1e-4+dropout=0.4..0.2:2"]).arms).toEqual([
      "l2=1e-4+dropout=0.4",
      "l2=1e-4+dropout=0.2",
    ]);
    const { arms, sweeps } = expandSweeps(["elasticNet(l1=1e-4..1e-2:3,l2=1e-3)"]);
    expect(arms[1]).toBe("elasticNet(l1=1e-3,l2=1e-3)");
    expect(sweeps[0]).toMatchObject({ technique: "elasticNet", parameter: "l1" });
  });

  it("leaves arms without a range as they are", () => {
    const arms = ["none", "dropout=0.5", "l2=1e-4+dropout=.5"];
    expect(expandSweeps(arms)).toEqual({ arms, sweeps: [] });
  });

  const refused: readonly (readonly [string, string])[] = [
    [
      "l2=0..1:3",
      "Sweep: l2 is swept by equal factors, so both ends must be greater than 0; got 0 and 1.",
    ],
    ["dropout=0..0.5:1", "Sweep: count must be a whole number in [2, 1000]; got 1."],
    ["dropout=0..0.5:", 'Sweep: count must be a whole number in [2, 1000]; got "".'],
    ["dropout=0..0.5:many", 'Sweep: count must be a whole number in [2, 1000]; got "many".'],
    ["dropout=0.5..0.5:3", "Sweep: the ends of a range must differ; got 0.5 twice."],
    ["0..1:3", "Sweep: a range must be the value of a technique's parameter;"],
    ["dropout(rat=0..0.5:3)", "Sweep: a range must be the value of a technique's parameter;"],
    ["none=0..1:3", "Sweep: a range must be the value of a technique's parameter;"],
    ["dropuot=0..0.5:3", 'Unknown technique "dropuot"; did you mean "dropout"?'],
    ["l2=1e-4..1e-2:3+dropout=0..0.5:2", "Sweep: an arm must have at most one range;"],
  ];
  it.each(refused)("refuses %s in one sentence", (text, sentence) => {
    expect(() => expandSweeps([text])).toThrow(sentence);
  });
});

describe("chooseStrengths", () => {
  const scores = (loss: number) => ({ loss, accuracy: 0.5 });
  const arm = (name: string, losses: readonly number[]): ArmResult => ({
    ...{ name, arm: name, trainRows: 10 },
    trials: losses.map((loss, i): TrialResult => ({
      ...{ seed: i + 1, epochs: [], bestEpoch: 1, seconds: 1 },
      // The test set would choose the other way round.
      final: { clean: scores(0), validation: scores(loss), test: scores(-loss) },
    })),
  });
  const sweepOf = (text: string): readonly Sweep[] => expandSweeps([text]).sweeps;

  it("chooses by validation loss, and the strongest within one standard error of the best", () => {
    const sweeps = sweepOf("dropout=0..0.6:4");
    // Standard error of the best: 0.1 / sqrt(3) = 0.0577.
    const losses = [
      [1.5, 1.6, 1.7],
      [1, 1.1, 1.2],
      [1.14, 1.15, 1.16],
      [1.16, 1.17, 1.18],
    ];
    const arms = losses.map((values, i) => arm(sweeps[0].points[i].arm, values));
    expect(chooseStrengths(sweeps, arms)[0]).toMatchObject({ best: 1, oneStandardError: 2 });
  });

  it("takes the smaller value as the stronger one where off is the larger one", () => {
    const sweeps = sweepOf("fewerParameters=0.25..1:3");
    const arms = sweeps[0].points.map((point) => arm(point.arm, [1, 1.1, 1.2]));
    expect(chooseStrengths(sweeps, arms)[0].oneStandardError).toBe(0);
  });

  it("chooses for each number of training rows by itself", () => {
    const sweeps = sweepOf("dropout=0..0.6:2");
    const few = sweeps[0].points.map((point, i) => arm(point.arm, [1 + i, 1.1 + i]));
    const many = sweeps[0].points.map((point, i) => ({
      ...arm(point.arm, [2 - i, 2.1 - i]),
      trainRows: 20,
    }));
    const choices = chooseStrengths(sweeps, [...few, ...many]);
    expect(choices.map(({ trainRows, best }) => [trainRows, best])).toEqual([
      [10, 0],
      [20, 1],
    ]);
  });

  it("chooses nothing from one seed, or where an arm has no finished trial", () => {
    const sweeps = sweepOf("dropout=0..0.6:2");
    for (const losses of [
      [[1], [2]],
      [[1, 1.1], []],
    ]) {
      const arms = losses.map((values, i) => arm(sweeps[0].points[i].arm, values));
      const [choice] = chooseStrengths(sweeps, arms);
      expect(choice).toMatchObject({ best: null, oneStandardError: null });
    }
  });
});
