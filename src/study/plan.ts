/** @file What a study's design is: plain data, which a store keeps and a worker receives. */
import type { Arm, Recipe } from "../techniques/index.js";

/** One arm a value, in the order of the range. Plain data. */
export interface Sweep {
  /** As the user wrote it. */
  readonly name: string;
  readonly technique: string;
  /** The parameter that is swept: "strength". */
  readonly parameter: string;
  readonly scale: "log" | "linear";
  readonly points: readonly { readonly arm: string; readonly value: number }[];
}

/** Several numbers of training rows, each a prefix of the next. Plain data. */
export interface SizeChoice {
  /** Ascending. */
  readonly rows: readonly number[];
  /** What all sizes have in common: passes over their rows, or updates. */
  readonly equal: "epochs" | "updates";
}

/** Seeds are added until every arm's interval of the test accuracy is narrow: see `untilNarrow`. Plain data. */
export interface UntilChoice {
  /** As a share: 0.001 for 0.1 points to either side. */
  readonly halfWidth: number;
  /** Wall time in minutes after which no further seed begins. */
  readonly minutes?: number;
  /** No more trials than this, the baseline's among them. */
  readonly trials?: number;
}

/** Plain data. The first arm is the baseline that the others are compared with. */
export interface StudyDesign {
  readonly recipe: Recipe;
  readonly arms: readonly Arm[];
  /** Of which arms some are one sweep. */
  readonly sweeps: readonly Sweep[];
  readonly sizes?: SizeChoice;
  /**
   * For one seed, all arms share initial weights and batch order. With `until` these are the pilot's, and
   * more may follow.
   */
  readonly seeds: readonly number[];
  readonly until?: UntilChoice;
}

/** One training to do: one arm, one seed. Plain data, sent to a worker. */
export interface TrialSpec {
  /** Position in the study's list of trials. */
  readonly index: number;
  /** The name of its cell: an arm, or an arm at a number of training rows. */
  readonly arm: string;
  readonly seed: number;
  /** With the arm's techniques applied. */
  readonly recipe: Recipe;
}
