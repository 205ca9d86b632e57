/** @file One row of numbers for each arm: what its finished trials reached. */
import {
  logInterval,
  logitInterval,
  mean,
  median,
  standardDeviation,
  studentInterval,
  type Interval,
  type StudentEstimate,
} from "../stats/index.js";
import {
  type ArmResult,
  type FinalScores,
  type Scores,
  type StudyResult,
  type TrialResult,
} from "../study/index.js";
import { finishedTrials } from "./metrics.js";

/** Mean and sample standard deviation over seeds; NaN where there is none. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
}

export interface ScoreSpreads {
  readonly loss: Spread;
  readonly accuracy: Spread;
}

/** An arm at the end of training. Means are over finished trials. */
export interface ArmSummary {
  readonly name: string;
  readonly finished: number;
  /** Trials that ended early, with or without a failure. */
  readonly unfinished: number;
  readonly cleanTrain: ScoreSpreads;
  readonly validation: ScoreSpreads;
  readonly test: ScoreSpreads;
  /** Validation loss - clean train loss, clean train accuracy - validation accuracy. */
  readonly gap: ScoreSpreads;
  /** Median over seeds of the epoch with the lowest validation loss. */
  readonly bestEpoch: number;
  /** Wall time of a trial, in seconds. */
  readonly seconds: Spread;
}

/** Mean and standard deviation; NaN for both if a value is not finite. */
export function spread(values: readonly number[]): Spread {
  // A loss may overflow in evaluation alone. A mean without it would flatter the arm.
  if (!values.every(Number.isFinite)) return { mean: NaN, sd: NaN };
  return { mean: mean(values), sd: standardDeviation(values) };
}

/** What an arm is measured by: three parts of the data, and the gap between two of them. */
export const MEASURES = ["cleanTrain", "validation", "test", "gap"] as const;
export type MeasureName = (typeof MEASURES)[number];

/** A mean with bounds has its interval on a scale on which it cannot pass them; differences need none. */
function intervalOn(
  measure: MeasureName,
  score: keyof ScoreSpreads,
): (estimate: StudentEstimate) => Interval {
  if (measure === "gap") return studentInterval;
  return score === "accuracy" ? logitInterval : logInterval;
}

/**
 * 95 % interval of an arm's mean over its seeds: Student's for the gap, on the logit scale for accuracies, on the
 * logarithmic one for losses. Undefined where no spread is known, and for a negative mean loss, which has no logarithm.
 */
export function meanInterval(
  summary: ArmSummary,
  { measure, score }: { readonly measure: MeasureName; readonly score: keyof ScoreSpreads },
): Interval | undefined {
  const { mean, sd } = summary[measure][score];
  if (!(sd > 0) || (measure !== "gap" && !(mean > 0))) return undefined;
  const standardError = sd / Math.sqrt(summary.finished);
  const estimate = { mean, standardError, degreesOfFreedom: summary.finished - 1 };
  return intervalOn(measure, score)(estimate);
}

function scoreSpreads(scores: readonly Scores[]): ScoreSpreads {
  return {
    loss: spread(scores.map(({ loss }) => loss)),
    accuracy: spread(scores.map(({ accuracy }) => accuracy)),
  };
}

/** How much worse an epoch's weights do on validation rows than on training rows. */
export const generalizationGap = ({
  clean,
  validation,
}: Pick<FinalScores, "clean" | "validation">): Scores => ({
  loss: validation.loss - clean.loss,
  accuracy: clean.accuracy - validation.accuracy,
});

const finalScores = (trials: readonly TrialResult[]): readonly FinalScores[] =>
  trials.flatMap(({ final }) => final ?? []);

/** The arm's numbers at the end of training. */
export function summarizeArm(arm: ArmResult): ArmSummary {
  const trials = finishedTrials(arm);
  const last = finalScores(trials);
  return {
    name: arm.name,
    finished: trials.length,
    unfinished: arm.trials.length - trials.length,
    cleanTrain: scoreSpreads(last.map(({ clean }) => clean)),
    validation: scoreSpreads(last.map(({ validation }) => validation)),
    test: scoreSpreads(last.map(({ test }) => test)),
    gap: scoreSpreads(last.map(generalizationGap)),
    bestEpoch: median(trials.map(({ bestEpoch }) => bestEpoch)),
    seconds: spread(trials.map(({ seconds }) => seconds)),
  };
}

/** A row for each arm, in the study's order. */
export const summarizeArms = ({ arms }: StudyResult): readonly ArmSummary[] =>
  arms.map(summarizeArm);
