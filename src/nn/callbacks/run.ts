/** @file The callbacks of one training at work: called in order, stopped by reason, kept in checkpoints. */
import { UsageError } from "../../util/index.js";
import type { Checkpoint } from "../checkpoint.js";
import type { TrainingStop } from "../history.js";
import type { Snapshots } from "../snapshots.js";
import type { Callback, TrainingControl, TrainingPlan, WatchedEpoch } from "./define.js";

export interface RunningCallbacks {
  readonly epochEnded: (epoch: WatchedEpoch) => Promise<void>;
  readonly trainingEnded: () => Promise<void>;
  /** Set once a callback has ended the training. */
  readonly stopped: () => TrainingStop | undefined;
  /** @throws UsageError if a callback that has something to remember is not in the checkpoint */
  readonly restore: (checkpoint: Checkpoint) => void;
}

function checkNames(callbacks: readonly Callback[]): void {
  const names = callbacks.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new UsageError(
    `fit: each callback must have a name of its own; got "${twice}" twice. Rename one: { ...callback, name: "other" }.`,
  );
}

/** Starts the callbacks. `checkpointed` gives what a checkpoint holds beside weights and memories. */
export function createCallbacks(
  callbacks: readonly Callback[],
  {
    plan,
    snapshots,
    checkpointed,
  }: {
    readonly plan: TrainingPlan;
    readonly snapshots: Snapshots;
    readonly checkpointed: () => Pick<Checkpoint, "epoch" | "epochs" | "setting">;
  },
): RunningCallbacks {
  checkNames(callbacks);
  let stopped: TrainingStop | undefined;
  const control: TrainingControl = {
    ...snapshots,
    epochs: plan.epochs,
    stop: (reason) => (stopped ??= { epoch: checkpointed().epoch, message: reason }),
    checkpoint: () => ({
      ...checkpointed(),
      ...snapshots.take(),
      callbacks: Object.fromEntries(
        running.flatMap(({ name, memory }) => (memory ? [[name, memory()]] : [])),
      ),
      ...(stopped && { stopped }),
    }),
  };
  const running = callbacks.map((callback) => ({
    ...callback.start(control, plan),
    name: callback.name,
  }));
  return {
    stopped: () => stopped,
    epochEnded: async (epoch) => {
      for (const { onEpochEnd } of running) await onEpochEnd?.(epoch);
      for (const { onEpochSettled } of running) await onEpochSettled?.(epoch);
    },
    trainingEnded: async () => {
      for (const { onTrainEnd } of running) await onTrainEnd?.();
    },
    restore: ({ callbacks: memories, stopped: before }) => {
      stopped = before;
      for (const { name, restore } of running) {
        if (!restore) continue;
        if (!Object.hasOwn(memories, name)) {
          throw new UsageError(
            `fit: the checkpoint must hold what the callback ${name} remembers; it does not. ` +
              "Resume with the callbacks that the training had.",
          );
        }
        restore(memories[name]);
      }
    },
  };
}
