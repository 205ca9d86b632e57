/** @file Early stopping: ends a training whose score no longer improves, and restores its best weights. */
import { choice, integer, real } from "../../util/index.js";
import { checkOptionNames } from "../options.js";
import { checkDeclared, flag, optional } from "../parameters.js";
import { createBestWeights } from "./bestWeights.js";
import type { Callback } from "./define.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";

export interface EarlyStoppingOptions extends MonitorOptions {
  /** By how much a score must be better to count as better, at least 0, default 0. */
  readonly minDelta?: number;
  /** Epochs without improvement after which to stop, default 0; 0 and 1 stop at the first. */
  readonly patience?: number;
  /** A score that must be beaten, too, for patience to begin anew. */
  readonly baseline?: number;
  /** Epochs before this one, from 1, are not looked at. Default 1. */
  readonly startEpoch?: number;
  /** Whether the training ends with the weights of its best epoch, default true. */
  readonly restoreBestWeights?: boolean;
  /** Hears at the end of the training of which epoch the restored weights are. */
  readonly onRestore?: (epoch: number) => void;
}

/** What plain data may say of it, beside the score that it monitors. */
export const earlyStoppingParameters = {
  mode: optional(choice({ choices: ["min", "max"], default: "min" })),
  minDelta: real({ min: 0, default: 0 }),
  patience: integer({ min: 0, default: 0 }),
  baseline: optional(real({ default: 0 })),
  startEpoch: integer({ min: 1, default: 1 }),
  restoreBestWeights: flag({ default: true }),
};

const names = Object.keys({
  monitor: true,
  mode: true,
  minDelta: true,
  patience: true,
  baseline: true,
  startEpoch: true,
  restoreBestWeights: true,
  onRestore: true,
} satisfies Record<keyof EarlyStoppingOptions, true>);

/**
 * Stops once the monitored score has not improved for `patience` epochs. An epoch improves if
 * `score < best - minDelta` (`> best + minDelta` for mode "max"); NaN does not.
 *
 * Keras' rule and names, with three differences: the best weights are restored by default, at any end
 * of the training and not only after an early stop (Keras: off by default); epochs count from 1, so that
 * Keras' `start_from_epoch=n` is `startEpoch: n + 1`; and the monitored loss never contains penalties.
 * PyTorch has no early stopping of its own.
 *
 * The score at the best epoch of many is optimistic: report the test score of the restored weights.
 *
 * @example earlyStopping({ patience: 3 })
 * @throws UsageError for an option out of range; from `fit`, if the training has no such score
 * @see Prechelt, Early stopping - but when?, 1998, for rules that watch the curve's shape: `precheltStopping`
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const who = "EarlyStopping";
  checkOptionNames(who, options, names);
  const { monitor: score, onRestore, ...given } = options;
  const checked = checkDeclared(who, earlyStoppingParameters, given);
  const { baseline, minDelta, patience, restoreBestWeights, startEpoch } = checked;
  return {
    name: "earlyStopping",
    start: (control, plan) => {
      const watched = { ...(score !== undefined && { monitor: score }), ...checked };
      const monitor = createMonitor(who, watched, plan);
      const best = createBestWeights(control, monitor, { minDelta, keep: restoreBestWeights });
      let wait = 0;
      return {
        onEpochEnd: (epoch) => {
          if (epoch.epoch < startEpoch) return;
          const current = monitor.read(epoch);
          wait++;
          if (best.consider(epoch, current)) {
            const beatsBaseline =
              baseline === undefined || monitor.improves(current, baseline, minDelta);
            if (beatsBaseline) wait = 0;
            return;
          }
          // As in Keras, not after the very first epoch.
          if (wait < patience || epoch.epoch === 1) return;
          control.stop(
            `${monitor.name} has not improved for ${wait} ${wait === 1 ? "epoch" : "epochs"}; ` +
              `its best was ${best.best().score} at epoch ${best.best().epoch}`,
          );
        },
        onTrainEnd: () => {
          best.putBack();
          const { epoch } = best.best();
          if (restoreBestWeights && epoch > 0) onRestore?.(epoch);
        },
        memory: () => {
          const { values, arrays } = best.memory();
          return { values: { ...values, wait }, arrays };
        },
        restore: (memory) => {
          best.restore(memory);
          wait = memory.values.wait as number;
        },
      };
    },
  };
}
