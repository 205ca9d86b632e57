/** @file Prechelt's stopping criteria: end a training by the shape of its error curves. */
import { stoppingEpoch, type StoppingCriterion } from "../../stats/index.js";
import { UsageError } from "../../util/index.js";
import { createBestWeights } from "./bestWeights.js";
import type { Callback } from "./define.js";
import { createMonitor } from "./monitor.js";

const WHO = "PrecheltStopping";

const describe: Readonly<Record<StoppingCriterion["kind"], string>> = {
  GL: "generalization loss",
  PQ: "quotient of generalization loss and progress",
  UP: "number of strips in which validation loss rose in succession",
};

/** The criterion's own check of its parameters, before any epoch. */
function checkCriterion(criterion: StoppingCriterion): void {
  if (!Object.hasOwn(describe, criterion.kind)) {
    throw new UsageError(
      `${WHO}: criterion.kind must be GL, PQ or UP; got ${JSON.stringify(criterion.kind)}.`,
    );
  }
  stoppingEpoch({ train: [1], validation: [1] }, criterion);
}

/**
 * Stops by Prechelt's GL, PQ or UP, computed from the clean training loss and the validation loss:
 *
 * - `{ kind: "GL", threshold }`: as soon as the validation loss is more than `threshold` percent above its
 *   lowest;
 * - `{ kind: "PQ", threshold, strip }`: at the end of a strip of epochs (default 5), when that loss, divided
 *   by the training's progress in the strip, exceeds the threshold;
 * - `{ kind: "UP", successive, strip }`: when the validation loss rose in so many successive strips.
 *
 * Give `fit` a largest number of epochs too: none of them must ever stop. The weights of the epoch of
 * lowest validation loss are restored at any end of the training. Prechelt's training error is that of
 * the epoch's end in inference mode, which is `clean`; Keras and PyTorch have no such rules.
 *
 * @param options.restoreBestWeights - default true
 * @example precheltStopping({ criterion: { kind: "GL", threshold: 5 } })
 * @throws UsageError for a criterion out of range; from `fit`, without validation rows
 * @see Prechelt, Early stopping - but when?, Neural Networks: Tricks of the Trade, 1998
 */
export function precheltStopping({
  criterion,
  restoreBestWeights = true,
}: {
  readonly criterion: StoppingCriterion;
  readonly restoreBestWeights?: boolean;
}): Callback {
  checkCriterion(criterion);
  return {
    name: "precheltStopping",
    start: (control, plan) => {
      const monitor = createMonitor(WHO, {}, plan);
      const best = createBestWeights(control, monitor, { minDelta: 0, keep: restoreBestWeights });
      let curves = { train: [] as readonly number[], validation: [] as readonly number[] };
      return {
        onEpochEnd: (epoch) => {
          const validation = monitor.read(epoch);
          best.consider(epoch, validation);
          curves = {
            train: [...curves.train, epoch.clean.loss],
            validation: [...curves.validation, validation],
          };
          if (stoppingEpoch(curves, criterion) === undefined) return;
          control.stop(
            `the ${describe[criterion.kind]} passed its limit; the lowest validation loss was ` +
              `${best.best().score} at epoch ${best.best().epoch}`,
          );
        },
        onTrainEnd: () => best.putBack(),
        memory: () => {
          const { values, arrays } = best.memory();
          return { values: { ...values, curves: JSON.stringify(curves) }, arrays };
        },
        restore: (memory) => {
          best.restore(memory);
          curves = JSON.parse(memory.values.curves as string) as typeof curves;
        },
      };
    },
  };
}
