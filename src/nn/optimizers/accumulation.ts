/** @file Gradient accumulation: one update for several batches, by the mean of their gradients. */
import { ops, type Tensor, type Variable } from "../../graph/index.js";
import { isMultiple, periodsIn } from "../counting.js";
import type { Slots } from "./slots.js";
import { avoidSubnormal } from "./subnormal.js";

interface Accumulation {
  readonly gradients: readonly Tensor[];
  readonly weights: readonly Variable[];
  /** Batches before this one; [], int32. */
  readonly before: Tensor;
  /** Batches to one update. */
  readonly steps: number;
  readonly slots: Slots;
}

/** What an update works with. */
interface UpdateInputs {
  readonly gradients: readonly Tensor[];
  /** Updates made before this one; a whole number, [], int32 or float32. */
  readonly before: Tensor;
}

/**
 * Makes the update at every n-th batch, with the mean of the gradients since the last update. In between
 * all variables keep their values, and step counts, and with them schedules, stand still, as in Keras.
 *
 * @param update - the new value of each variable
 */
export function accumulating(
  { gradients, weights, before, steps, slots }: Accumulation,
  update: (inputs: UpdateInputs) => ReadonlyMap<Variable, Tensor>,
): Map<Variable, Tensor> {
  if (steps === 1) return new Map(update({ gradients, before }));
  const isUpdate = isMultiple(ops.add(before, 1), steps);
  const accumulators = weights.map((weight) => slots.of(weight, "gradient"));
  const sums = gradients.map((gradient, i) => ops.add(accumulators[i], gradient));
  const updated = update({
    gradients: sums.map((sum) => ops.divide(sum, steps)),
    before: periodsIn(before, steps),
  });
  return new Map([
    ...[...updated].map(([target, value]): [Variable, Tensor] => [
      target,
      ops.select(isUpdate, value, target),
    ]),
    ...accumulators.map((accumulator, i): [Variable, Tensor] => [
      accumulator,
      ops.select(isUpdate, 0, avoidSubnormal(sums[i])),
    ]),
  ]);
}
