/** @file One sentence on a training whose loss stopped being finite: where, and the likely cause. */
import type { SupervisedRows } from "./data.js";
import type { TrainingFailure } from "./history.js";
import type { OptimizerSpec } from "./optimizers/define.js";

/** The largest size of a feature as the network gets it. */
function largestFeature({ features, scale }: SupervisedRows): number {
  let largest = 0;
  for (let i = 0; i < features.length; i++) largest = Math.max(largest, Math.abs(features[i]));
  return largest * Math.abs(scale);
}

/** Features beyond this size make losses overflow at usual learning rates. */
const LARGE_FEATURE = 100;

/** What went wrong: a loss that is not finite, after how many updates. */
export interface Breakdown {
  readonly epoch: number;
  readonly step: number;
  readonly updates: number;
  readonly loss: number;
}

/** "learning rate 0.1", or the name of its schedule. */
function describeRate({ learningRate }: OptimizerSpec): string {
  const isSchedule = typeof learningRate === "object" && "kind" in learningRate;
  return `learning rate ${isSchedule ? learningRate.kind : String(learningRate)}`;
}

export function describeFailure(
  { epoch, step, updates, loss }: Breakdown,
  { train, optimizer }: { readonly train: SupervisedRows; readonly optimizer: OptimizerSpec },
): TrainingFailure {
  const became = Number.isNaN(loss) ? "NaN" : "infinite";
  const largest = Number(largestFeature(train).toPrecision(3));
  const isLarge = largest > LARGE_FEATURE;
  const features = `features reach ${largest}; scale them to about 1`;
  const rate = `${describeRate(optimizer)} is likely too high; try a smaller one`;
  const before = isLarge ? features : "the weights that it began with are not usable";
  const cause =
    updates === 0 ? `before any update: ${before}` : isLarge ? `${rate}; and ${features}` : rate;
  return {
    epoch,
    step,
    message: `Loss became ${became} at epoch ${epoch}, step ${step}: ${cause}.`,
  };
}
