/** @file What a study found and what is wrong with it, in plain sentences for terminal and page. */
import { FEWEST_PAIRS } from "../stats/index.js";
import {
  isFinished,
  type Comparison,
  type StudyResult,
  type TrialResult,
  type Verdict,
} from "../study/index.js";
import { count, list, plural } from "./format.js";

/** The first thing a reader sees. */
export interface Headline {
  readonly title: string;
  /** Sentences that complete it. */
  readonly rest: readonly string[];
}

/** The comparisons of one arm with one baseline. */
export interface Pairing {
  readonly arm: string;
  readonly baseline: string;
  readonly comparisons: readonly Comparison[];
}

/** The epoch that a study's final numbers are of. */
export function finalEpochWords({ arms }: Pick<StudyResult, "arms">): string {
  const restores = arms.some(({ trials }) =>
    trials.some(({ restoredEpoch }) => restoredEpoch !== undefined),
  );
  return restores ? "the last epoch, or the one that early stopping restored" : "the last epoch";
}

/** Comparisons grouped by the two arms that they compare, in the study's order. */
export function pairings({ comparisons }: StudyResult): readonly Pairing[] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const key = JSON.stringify([comparison.arm, comparison.baseline]);
    groups.set(key, [...(groups.get(key) ?? []), comparison]);
  }
  return [...groups.values()].map((group) => ({
    arm: group[0].arm,
    baseline: group[0].baseline,
    comparisons: group,
  }));
}

const SEEDS_ADVICE =
  `A verdict needs ${FEWEST_PAIRS} or more paired seeds that differ; ` + "5 or more are advisable.";

/** The verdict on one pair of arms: claims in the title, what cannot be claimed after it. */
export function pairingHeadline({ arm, baseline, comparisons }: Pairing): Headline {
  const measures = (wanted: Verdict): readonly string[] =>
    comparisons.filter(({ verdict }) => verdict === wanted).map(({ metric }) => metric);
  const [better, worse] = [measures("better"), measures("worse")];
  const [same, few] = [measures("no detectable difference"), measures("too few seeds to tell")];
  const phrase = (metrics: readonly string[]): string =>
    metrics.length === comparisons.length && metrics.length > 1
      ? `all ${metrics.length} measures`
      : list(metrics);
  const claims = [
    ...(better.length > 0 ? [`better than ${baseline} in ${phrase(better)}`] : []),
    ...(worse.length > 0 ? [`worse than ${baseline} in ${phrase(worse)}`] : []),
  ];
  const rest = [
    ...(same.length > 0 ? [`No detectable difference in ${list(same)}.`] : []),
    ...(few.length > 0 ? [`Too few seeds to tell about ${list(few)}.`] : []),
  ];
  if (claims.length > 0) return { title: `${arm} is ${claims.join(", but ")}.`, rest };
  return same.length > 0
    ? { title: `No detectable difference between ${arm} and ${baseline}.`, rest: rest.slice(1) }
    : { title: `Too few seeds to tell ${arm} from ${baseline}.`, rest: [SEEDS_ADVICE] };
}

/**
 * The study's verdict. With several pairs of arms the title makes no claim: picking the best of many
 * intervals, each at 95 % on its own, would claim more than any of them supports.
 */
export function headline(result: StudyResult): Headline {
  const groups = pairings(result);
  if (groups.length === 0) {
    const title = `No comparison: ${plural(result.arms.length, "arm")} trained.`;
    return { title, rest: ["A verdict needs a second arm to compare with."] };
  }
  if (groups.length === 1) return pairingHeadline(groups[0]);
  const baselines = [...new Set(groups.map(({ baseline }) => baseline))];
  const title = `${groups.length} arms compared with ${list(baselines)}.`;
  return { title, rest: groups.flatMap((group) => pairingHeadline(group).title) };
}

/** Says how many intervals are shown and what that does to the chance of a false alarm. */
export function intervalNote({ comparisons }: StudyResult): string {
  const shown = comparisons.filter(({ interval }) => Number.isFinite(interval[0] ?? NaN)).length;
  if (shown === 0) return "No interval is shown: there are too few seeds.";
  if (shown === 1) return "One interval is shown, at 95 %.";
  const shownAlone = `${shown} intervals are shown, each at 95 % on its own`;
  const luck =
    shown < 20
      ? `the chance that at least one excludes 0 would be up to ${5 * shown} %.`
      : `about ${Math.round(0.05 * shown)} of them would exclude 0 by luck.`;
  return `${shownAlone}; nothing corrects for their number. If no arm differed from its baseline in anything, ${luck}`;
}

/** A trial that has no test result, and why. */
export interface UnfinishedTrial {
  readonly arm: string;
  readonly trial: TrialResult;
  readonly reason: string;
}

/** Failed and stopped trials, which are in no mean and in no comparison. */
export function unfinishedTrials({ arms }: StudyResult): readonly UnfinishedTrial[] {
  return arms.flatMap(({ name, trials }) =>
    trials
      .filter((trial) => !isFinished(trial))
      .map((trial) => {
        const stopped = `Stopped after ${plural(trial.epochs.length, "epoch")}.`;
        return { arm: name, trial, reason: trial.failure?.message ?? stopped };
      }),
  );
}

/** What a reader must know before trusting the verdict; empty for a study that went well. */
export function warnings({ arms, seeds, interrupted }: StudyResult): readonly string[] {
  const trials = arms.flatMap((arm) => arm.trials);
  const finished = trials.filter(isFinished).length;
  const failed = trials.filter(({ failure }) => failure !== undefined).length;
  const sentences = [
    ...(interrupted
      ? [
          `The study was interrupted: ${finished} of ${plural(arms.length * seeds.length, "trial")} finished.`,
        ]
      : []),
    ...(failed > 0 ? [`${failed} of ${plural(trials.length, "trial")} failed.`] : []),
  ];
  if (sentences.length === 0) return [];
  const rule =
    "Means are over finished trials; a seed is compared only if it finished in both arms.";
  return [...sentences, rule];
}

/** "mnist: 54,000 training, ... and 10,000 test rows. 2 arms, 8 seeds, 20 epochs. Engine: wasm, SIMD." */
export function setting({ arms, data, environment }: StudyResult): string {
  const trials = arms.flatMap((arm) => arm.trials);
  const seeds = new Set(trials.map(({ seed }) => seed)).size;
  const epochs = Math.max(0, ...trials.map((trial) => trial.epochs.length));
  const [train, validation, test] = [data.trainRows, data.validationRows, data.testRows].map(count);
  const rows = `${train} training, ${validation} validation and ${test} test rows`;
  const size = [plural(arms.length, "arm"), plural(seeds, "seed"), plural(epochs, "epoch")];
  return `${data.name}: ${rows}. ${size.join(", ")}. Engine: ${environment.engine}.`;
}
