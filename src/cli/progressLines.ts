/** @file A study's progress as text: lines that stay, and the live lines below them. */
import { type StudyEvent, type TrialResult, type TrialSpec } from "../study/index.js";
import { totalEpochs } from "../techniques/index.js";
import type { Colors } from "./colors.js";
import { formatBar, formatCount, formatDuration, formatLoss, formatPercent } from "./format.js";
import {
  studySecondsLeft,
  studyShare,
  trialSecondsLeft,
  trialShare,
  type ProgressState,
  type RunningTrial,
} from "./progressState.js";

const BAR_WIDTH = 20;

export interface LiveOptions {
  readonly now: number;
  readonly columns: number;
  /** Rows of the terminal; more live lines than that could not be redrawn. */
  readonly rows: number;
  readonly colors: Colors;
}

const trialName = ({ arm, seed }: TrialSpec): string => `${arm}, seed ${seed}`;

function describeResult(trial: TrialResult): string {
  const { final, seconds } = trial;
  return [
    ...(final ? [`test accuracy ${formatPercent(final.test.accuracy)}`] : []),
    ...(final ? [`validation loss ${formatLoss(final.validation.loss)}`] : []),
    formatDuration(seconds),
  ].join(", ");
}

function describeRemaining(state: ProgressState, now: number): string {
  const { finished, trials } = state;
  const left = studySecondsLeft(state, now);
  const done = `${finished.length} of ${trials.length}`;
  // The last trials may end a moment apart: "0 s left" would be no news.
  return left === undefined || left < 1 ? done : `${done}, about ${formatDuration(left)} left`;
}

/** A crash is not expected: what a maintainer needs follows the sentence. */
function describeCrash({ error }: StudyEvent & { kind: "failed" }): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return ["This is a defect in Holdout, or the machine is out of memory:", error.stack];
}

/**
 * The lines that an event leaves for good.
 *
 * @param state - after the event.
 */
export function eventLines(event: StudyEvent, state: ProgressState, now: number): string[] {
  switch (event.kind) {
    case "trouble":
      return [event.message];
    case "planned": {
      const { known, trials } = event;
      if (event.more) return [`more seeds: ${formatCount(trials.length, "trial")} in all`];
      const stored = known.size === 0 ? "" : `, ${known.size} of them stored already`;
      const { name, trainRows, validationRows, testRows } = event.data;
      const rows = [trainRows, validationRows, testRows].map((n) => n.toLocaleString("en-US"));
      const work = `${formatCount(trials.length, "trial")} on ${formatCount(event.workers, "worker")}`;
      return [
        `${name}: ${rows[0]} training, ${rows[1]} validation and ${rows[2]} test rows; ${work}${stored}`,
      ];
    }
    case "started":
      return [`started  ${trialName(event.trial)}`];
    case "finished": {
      const result = `${trialName(event.trial)}: ${describeResult(event.result)}`;
      return [`finished ${result} (${describeRemaining(state, now)})`];
    }
    case "failed": {
      const reason = event.result.failure?.message ?? "";
      const line = `failed   ${trialName(event.trial)}: ${reason}`;
      return [`${line} (${describeRemaining(state, now)})`, ...describeCrash(event)];
    }
    default:
      return [];
  }
}

const widest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map(({ length }) => length));

/** Cuts a line to the terminal's width, for a wrapped line could not be redrawn. */
function liveLine(head: string, share: number, tail: string, { columns, colors }: LiveOptions) {
  const bar = formatBar(share, BAR_WIDTH);
  const plain = `${head}  ${bar}  ${tail}`.trimEnd();
  if (plain.length >= columns) return plain.slice(0, Math.max(0, columns - 1));
  return `${head}  ${colors.cyan(bar)}  ${tail}`.trimEnd();
}

function trialLine(running: RunningTrial, state: ProgressState, options: LiveOptions): string {
  const { trial, epochs, loss } = running;
  const total = totalEpochs(trial.recipe);
  const left = trialSecondsLeft(running, options.now);
  const tail = [
    `epoch ${String(Math.min(epochs + 1, total)).padStart(String(total).length)}/${total}`,
    ...(loss === undefined ? [] : [`loss ${formatLoss(loss)}`]),
    ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
  ].join("  ");
  const arm = trial.arm.padEnd(widest(state.trials.map((each) => each.arm)));
  const seed = String(trial.seed).padEnd(widest(state.trials.map((each) => String(each.seed))));
  return liveLine(`${arm}  seed ${seed}`, trialShare(running), tail, options);
}

function studyLine(state: ProgressState, options: LiveOptions): string {
  const left = studySecondsLeft(state, options.now);
  const tail = left === undefined ? "" : `${formatDuration(left)} left`;
  const head = `${state.finished.length} of ${formatCount(state.trials.length, "trial")}`;
  return liveLine(head, studyShare(state), tail, options);
}

/** One line a running trial, as far as the terminal has rows, then one for the whole study. */
export function liveLines(state: ProgressState, options: LiveOptions): string[] {
  const running = [...state.running.values()];
  const shown = running.slice(0, Math.max(0, options.rows - 3));
  const hidden = running.length - shown.length;
  return [
    ...shown.map((trial) => trialLine(trial, state, options)),
    ...(hidden > 0 ? [`and ${formatCount(hidden, "trial")} more`] : []),
    studyLine(state, options),
  ];
}
