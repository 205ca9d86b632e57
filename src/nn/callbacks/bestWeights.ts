/** @file The best epoch so far and its weights: what early stopping keeps, and puts back in the end. */
import type { CallbackMemory } from "../checkpoint.js";
import type { TrainingControl, WatchedEpoch } from "./define.js";
import type { Monitor } from "./monitor.js";

export interface BestWeights {
  /** Takes note of an epoch; true if it is the best so far, by more than `minDelta`. */
  readonly consider: (epoch: WatchedEpoch, current: number) => boolean;
  readonly best: () => { readonly epoch: number; readonly score: number };
  /** Puts the best epoch's weights back, if there were any epochs and that is wanted. */
  readonly putBack: () => void;
  readonly memory: () => CallbackMemory;
  readonly restore: (memory: CallbackMemory) => void;
}

/**
 * Keeps copies of the weights of the best epoch; the first epoch's, as in Keras, where nothing ever
 * improves.
 *
 * @param keep - whether to keep weights at all, or only the score
 */
export function createBestWeights(
  control: TrainingControl,
  monitor: Monitor,
  { minDelta, keep }: { readonly minDelta: number; readonly keep: boolean },
): BestWeights {
  let best = { epoch: 0, score: monitor.worst };
  let weights: readonly Float32Array[] = [];
  return {
    consider: ({ epoch }, current) => {
      const improves = monitor.improves(current, best.score, minDelta);
      if (improves || best.epoch === 0) {
        best = { epoch, score: improves ? current : best.score };
        if (keep) weights = control.weights();
      }
      return improves;
    },
    best: () => best,
    putBack: () => {
      if (weights.length > 0) control.setWeights(weights);
    },
    memory: () => ({
      values: {
        bestEpoch: best.epoch,
        // JSON has no infinity: before any improvement there is no best score.
        bestScore: Number.isFinite(best.score) ? best.score : null,
      },
      arrays: Object.fromEntries(weights.map((values, i) => [`best/${i}`, values])),
    }),
    restore: ({ values, arrays }) => {
      best = {
        epoch: values.bestEpoch as number,
        score: (values.bestScore as number | null) ?? monitor.worst,
      };
      weights = Object.keys(arrays).map((_, i) => arrays[`best/${i}`]);
    },
  };
}
