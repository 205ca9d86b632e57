/** @file What a study is and what is wrong with it, in plain sentences for terminal and page. */
import { isFinished, type StudyResult, type TrialResult } from "../study/index.js";
import { count, list, plural } from "./format.js";

/** The epoch that a study's final numbers are of. */
export function finalEpochWords({ arms }: Pick<StudyResult, "arms">): string {
  const restores = arms.some(({ trials }) =>
    trials.some(({ restoredEpoch }) => restoredEpoch !== undefined),
  );
  return restores ? "the last epoch, or the one that early stopping restored" : "the last epoch";
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

/** "54,000", or the sizes of a study of several: "100, 1,000 and 10,000". */
const trainRowsText = ({ data, sizes }: StudyResult): string =>
  list((sizes?.rows ?? [data.trainRows]).map(count));

/** "mnist: 54,000 training, ... and 10,000 test rows. 2 arms, 8 seeds, 20 epochs. Engine: wasm, SIMD." */
export function setting(result: StudyResult): string {
  const { arms, data, environment, sizes } = result;
  const trials = arms.flatMap((arm) => arm.trials);
  const seeds = new Set(trials.map(({ seed }) => seed)).size;
  const epochs = Math.max(0, ...trials.map((trial) => trial.epochs.length));
  const [validation, test] = [data.validationRows, data.testRows].map(count);
  const rows = `${trainRowsText(result)} training, ${validation} validation and ${test} test rows`;
  const distinct = new Set(arms.map(({ arm }) => arm)).size;
  const most = sizes?.equal === "updates" ? "up to " : "";
  const size = [plural(distinct, "arm"), plural(seeds, "seed"), most + plural(epochs, "epoch")];
  return `${data.name}: ${rows}. ${size.join(", ")}. Engine: ${environment.engine}.`;
}
