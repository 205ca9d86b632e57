/** @file Right and wrong decisions of each class, and their averages as scikit-learn takes them. */
import { choice, real, UsageError } from "../../util/index.js";
import type { PredictedSet } from "./define.js";
import {
  asksEachUnit,
  countClasses,
  isTrue,
  predictedClass,
  trueClass,
  type SetKind,
} from "./wholeSet.js";

/** Decisions about one class. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** Parameters of metrics that are made of these counts. */
export const confusionParameters = {
  /**
   * Over classes: "macro" is their mean, "weighted" the mean weighted by their rows, "micro" of all
   * decisions together, "binary" that of class 1 alone. "auto" is "binary" for two classes, "macro" for
   * more and for several labels.
   */
  average: choice({
    choices: ["auto", "binary", "macro", "micro", "weighted"],
    default: "auto",
  }),
  /** A unit that is a question of its own says yes above it. */
  threshold: real({ min: 0, max: 1, default: 0.5 }),
};

export interface ConfusionValues {
  readonly average: "auto" | "binary" | "macro" | "micro" | "weighted";
  readonly threshold: number;
}

const isBinary = (set: SetKind): boolean =>
  countClasses(set) === 2 && !(asksEachUnit(set) && set.width > 1);

/** Throws for an average that such a set does not have. */
export function requireAverage(title: string, set: SetKind, { average }: ConfusionValues): void {
  if (average !== "binary" || isBinary(set)) return;
  throw new UsageError(
    `${title}: average must be "macro", "micro" or "weighted" for more than two classes; got "binary".`,
  );
}

/** Adds up decisions: for each, the class that is true and the class that was said. */
class Tally {
  readonly #true: Float64Array;
  readonly #said: Float64Array;
  readonly #both: Float64Array;

  constructor(classes: number) {
    this.#true = new Float64Array(classes);
    this.#said = new Float64Array(classes);
    this.#both = new Float64Array(classes);
  }

  add(truth: number, said: number): void {
    this.#true[truth]++;
    this.#said[said]++;
    if (truth === said) this.#both[truth]++;
  }

  counts(): Counts[] {
    return Array.from(this.#both, (both, k) => ({
      truePositives: both,
      falsePositives: this.#said[k] - both,
      falseNegatives: this.#true[k] - both,
    }));
  }
}

/** For each class; where units are questions of their own, of "no" and "yes" for each of them. */
function countDecisions(set: PredictedSet, threshold: number): readonly Counts[][] {
  if (!asksEachUnit(set)) {
    const tally = new Tally(set.width);
    for (let row = 0; row < set.rows; row++)
      tally.add(trueClass(set, row), predictedClass(set, row));
    return [tally.counts()];
  }
  return Array.from({ length: set.width }, (_, unit) => {
    const tally = new Tally(2);
    for (let row = 0; row < set.rows; row++) {
      const said = set.outputs[row * set.width + unit] > threshold;
      tally.add(Number(isTrue(set, row, unit)), Number(said));
    }
    return tally.counts();
  });
}

const occurs = ({ truePositives, falsePositives, falseNegatives }: Counts): boolean =>
  truePositives + falsePositives + falseNegatives > 0;

/** The classes that are averaged: of one label a row, those that occur, as in scikit-learn. */
function countsToAverage(set: PredictedSet, { average, threshold }: ConfusionValues): Counts[] {
  const decisions = countDecisions(set, threshold);
  if (decisions.length > 1) return decisions.map(([, yes]) => yes);
  const [classes] = decisions;
  const one = isBinary(set) && (average === "auto" || average === "binary");
  return one ? [classes[1]] : classes.filter(occurs);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The average over classes of a score of each class' counts. */
export function averageScore(
  set: PredictedSet,
  values: ConfusionValues,
  score: (counts: Counts) => number,
): number {
  const counts = countsToAverage(set, values);
  if (values.average === "micro") {
    const total = (name: keyof Counts): number => sum(counts.map((each) => each[name]));
    return score({
      truePositives: total("truePositives"),
      falsePositives: total("falsePositives"),
      falseNegatives: total("falseNegatives"),
    });
  }
  const weights = counts.map(({ truePositives, falseNegatives }) =>
    values.average === "weighted" ? truePositives + falseNegatives : 1,
  );
  return ratio(sum(counts.map((each, k) => weights[k] * score(each))), sum(weights));
}

/** A share; 0 of nothing, as scikit-learn's `zero_division` by default. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
