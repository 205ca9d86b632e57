/** @file Where a study stands, from its events, and how much time is left. */
import type { StudyEvent, TrialSpec } from "../study/index.js";
import { totalEpochs } from "../techniques/index.js";

export interface RunningTrial {
  readonly trial: TrialSpec;
  readonly startedAt: number;
  /** Finished epochs. */
  readonly epochs: number;
  /** Share of the epoch under way, in [0, 1). */
  readonly fraction: number;
  /** Running training loss of the epoch under way; before its first report, of the one before. */
  readonly loss?: number;
}

/** Times are in milliseconds of one clock. */
export interface ProgressState {
  readonly trials: readonly TrialSpec[];
  readonly startedAt: number;
  /** By the trial's index, in the order they were started. */
  readonly running: ReadonlyMap<number, RunningTrial>;
  readonly finished: readonly TrialSpec[];
  /** The finished ones that the store had: they say nothing of this machine's pace. */
  readonly known: ReadonlySet<number>;
}

export const emptyProgress: ProgressState = {
  trials: [],
  startedAt: 0,
  running: new Map(),
  finished: [],
  known: new Set(),
};

/** What an event changes about the trial that it concerns. */
function advanceTrial(running: RunningTrial, event: StudyEvent): RunningTrial {
  if (event.kind === "progress") {
    const { epoch, step, steps, loss } = event;
    return { ...running, epochs: epoch - 1, fraction: step / steps, loss };
  }
  if (event.kind !== "epoch") return running;
  const { epoch, running: scores } = event.result;
  return { ...running, epochs: epoch, fraction: 0, loss: scores.loss };
}

export function advance(state: ProgressState, event: StudyEvent, now: number): ProgressState {
  if (event.kind === "trouble") return state;
  if (event.kind === "planned") {
    const { trials, known } = event;
    const finished = trials.filter(({ index }) => known.has(index));
    const before = new Set(known.keys());
    return { ...emptyProgress, trials, finished, known: before, startedAt: now };
  }
  const { trial } = event;
  const running = new Map(state.running);
  if (event.kind === "finished" || event.kind === "failed") {
    running.delete(trial.index);
    return { ...state, running, finished: [...state.finished, trial] };
  }
  const known = running.get(trial.index) ?? { trial, startedAt: now, epochs: 0, fraction: 0 };
  running.set(trial.index, advanceTrial(known, event));
  return { ...state, running };
}

const epochsOf = ({ recipe }: TrialSpec): number => totalEpochs(recipe);

/** Finished epochs over all epochs of one running trial, in [0, 1]. */
export const trialShare = ({ trial, epochs, fraction }: RunningTrial): number =>
  Math.min(1, (epochs + fraction) / epochsOf(trial));

/** Finished epochs over all that are to be trained, in [0, 1]; a failed trial counts as done. */
export function studyShare({ trials, running, finished, known }: ProgressState): number {
  const toTrain = (specs: readonly TrialSpec[]): number =>
    specs.reduce((sum, trial) => sum + (known.has(trial.index) ? 0 : epochsOf(trial)), 0);
  const [total, done] = [toTrain(trials), toTrain(finished)];
  const half = [...running.values()].reduce((sum, r) => sum + trialShare(r) * epochsOf(r.trial), 0);
  return total === 0 ? 0 : (done + half) / total;
}

const secondsLeft = (share: number, startedAt: number, now: number): number =>
  ((now - startedAt) * (1 / share - 1)) / 1000;

/** Seconds until the trial ends at its pace so far; undefined until an epoch has told the pace. */
export function trialSecondsLeft(running: RunningTrial, now: number): number | undefined {
  if (running.epochs === 0) return undefined;
  return secondsLeft(trialShare(running), running.startedAt, now);
}

/** Seconds until the study ends at its pace so far; undefined until an epoch has told the pace. */
export function studySecondsLeft(state: ProgressState, now: number): number | undefined {
  const { running, finished, known, startedAt } = state;
  const hasPace =
    finished.length > known.size || [...running.values()].some(({ epochs }) => epochs > 0);
  return hasPace ? secondsLeft(studyShare(state), startedAt, now) : undefined;
}
