/** @file The score that a callback watches: "validation.loss". */
import { unknownName, UsageError } from "../../util/index.js";
import type { TrainingPlan, WatchedEpoch } from "./define.js";

export interface MonitorOptions {
  /** Part and score: "validation.loss" (default), "clean.accuracy", "running.loss". */
  readonly monitor?: string;
  /** Whether smaller or larger is better. Default: as the score is declared. */
  readonly mode?: "min" | "max";
}

export interface Monitor {
  readonly name: string;
  readonly mode: "min" | "max";
  readonly read: (epoch: WatchedEpoch) => number;
  /** Whether `current` is better than `best` by more than `minDelta`. NaN never is. */
  readonly improves: (current: number, best: number, minDelta: number) => boolean;
  /** Worse than any score. */
  readonly worst: number;
}

const PARTS = ["validation", "clean", "running"] as const;

function checkMode(who: string, better: "higher" | "lower", mode: string | undefined) {
  if (mode === undefined) return better === "lower" ? "min" : "max";
  if (mode === "min" || mode === "max") return mode;
  throw new UsageError(`${who}: ${unknownName("mode", mode, ["min", "max"]).message}`);
}

/**
 * @param who - subject of the sentences: "EarlyStopping"
 * @throws UsageError if the training has no such score, or the mode is unknown
 */
export function createMonitor(
  who: string,
  { monitor = "validation.loss", mode }: MonitorOptions,
  { hasValidation, scores }: TrainingPlan,
): Monitor {
  const known = PARTS.filter((part) => part !== "validation" || hasValidation).flatMap((part) =>
    Object.keys(scores).map((score) => `${part}.${score}`),
  );
  if (monitor.startsWith("validation.") && !hasValidation) {
    throw new UsageError(
      `${who}: ${monitor} must have validation rows; got none. Give fit validation, or monitor "clean.loss".`,
    );
  }
  if (!known.includes(monitor)) {
    throw new UsageError(`${who}: ${unknownName("monitor", monitor, known).message}`);
  }
  const [part, score] = monitor.split(".") as [(typeof PARTS)[number], string];
  const checked = checkMode(who, scores[score], mode);
  return {
    name: monitor,
    mode: checked,
    read: (epoch) => epoch[part]?.[score] ?? NaN,
    improves: (current, best, minDelta) =>
      checked === "min" ? current < best - minDelta : current > best + minDelta,
    worst: checked === "min" ? Infinity : -Infinity,
  };
}
