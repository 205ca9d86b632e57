/** @file Saves checkpoints while a training goes on. */
import { checkParameter, integer } from "../../util/index.js";
import type { Checkpoint } from "../checkpoint.js";
import { createBestWeights } from "./bestWeights.js";
import type { Callback } from "./define.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";

export interface SaveCheckpointsOptions extends MonitorOptions {
  /** Receives each checkpoint; the training waits for a promise. Node has `checkpointFile`. */
  readonly save: (checkpoint: Checkpoint) => void | Promise<void>;
  /** Epochs from one to the next, default 1. */
  readonly every?: number;
  /** Only after epochs that are the best so far by the monitored score; default false. */
  readonly bestOnly?: boolean;
}

/**
 * Hands a checkpoint to `save` after every `every`th epoch, once all callbacks are done with it. Keras' `ModelCheckpoint` saves weights and optimizer; a checkpoint
 * here is everything, and the training that goes on from it equals the uninterrupted one bit for bit.
 *
 * @example saveCheckpoints({ save: (checkpoint) => { latest = checkpoint; } })
 */
export function saveCheckpoints(options: SaveCheckpointsOptions): Callback {
  const { save, every = 1, bestOnly = false } = options;
  checkParameter("SaveCheckpoints", "every", integer({ min: 1, default: 1 }), every);
  return {
    name: "saveCheckpoints",
    start: (control, plan) => {
      const monitor = bestOnly ? createMonitor("SaveCheckpoints", options, plan) : undefined;
      const best = monitor && createBestWeights(control, monitor, { minDelta: 0, keep: false });
      return {
        onEpochSettled: async (epoch) => {
          const isBest = !monitor || best?.consider(epoch, monitor.read(epoch)) === true;
          if (isBest && epoch.epoch % every === 0) await save(control.checkpoint());
        },
        ...(best && { memory: best.memory, restore: best.restore }),
      };
    },
  };
}
