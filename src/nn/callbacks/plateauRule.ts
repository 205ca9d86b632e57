/** @file The rule by which a learning rate is reduced on a plateau, as a pure function. */

export interface PlateauOptions {
  /** The rate is multiplied by it, in (0, 1). */
  readonly factor: number;
  /** Epochs without improvement after which the rate is reduced; 0 and 1 reduce at the first. */
  readonly patience: number;
  /** By how much a score must be better to count as better, at least 0. */
  readonly minDelta: number;
  /** Epochs after a reduction in which none without improvement is counted. */
  readonly cooldown: number;
  /** The rate is not reduced below it. */
  readonly minLearningRate: number;
  /** Whether lower or higher scores are better. */
  readonly mode: "min" | "max";
}

/** The defaults of Keras. */
export const PLATEAU_DEFAULTS: PlateauOptions = {
  factor: 0.1,
  patience: 10,
  minDelta: 1e-4,
  cooldown: 0,
  minLearningRate: 0,
  mode: "min",
};

/** Between epochs. */
export interface PlateauState {
  /** Absent before the first epoch. */
  readonly best?: number;
  /** Epochs without improvement that count. */
  readonly wait: number;
  /** Epochs of cooldown that are left. */
  readonly cooling: number;
}

export const PLATEAU_START: PlateauState = { wait: 0, cooling: 0 };

function improves(
  score: number,
  best: number | undefined,
  { mode, minDelta }: PlateauOptions,
): boolean {
  if (best === undefined) return !Number.isNaN(score);
  return mode === "min" ? score < best - minDelta : score > best + minDelta;
}

/**
 * The state and the learning rate after an epoch: the rate becomes
 * `max(rate factor, minLearningRate)` once `patience` epochs have not improved by more than minDelta, and
 * the count begins anew. Epochs of cooldown do not count, but may improve.
 *
 * Keras' `ReduceLROnPlateau`. PyTorch's takes minDelta as a part of the best score unless told otherwise,
 * and waits for one epoch more.
 */
export function plateauRule(
  state: PlateauState,
  epoch: { readonly score: number; readonly learningRate: number },
  options: PlateauOptions,
): { readonly state: PlateauState; readonly learningRate: number } {
  const { score, learningRate } = epoch;
  const cooling = Math.max(0, state.cooling - 1);
  // The last epoch of a cooldown forgets what was counted before it, too.
  const before = state.cooling > 0 ? 0 : state.wait;
  if (improves(score, state.best, options)) {
    return { state: { best: score, wait: 0, cooling }, learningRate };
  }
  const same = state.best === undefined ? {} : { best: state.best };
  if (cooling > 0) return { state: { ...same, wait: before, cooling }, learningRate };
  const wait = before + 1;
  const isDue = wait >= options.patience && learningRate > options.minLearningRate;
  if (!isDue) return { state: { ...same, wait, cooling }, learningRate };
  return {
    state: { ...same, wait: 0, cooling: options.cooldown },
    learningRate: Math.max(learningRate * options.factor, options.minLearningRate),
  };
}
