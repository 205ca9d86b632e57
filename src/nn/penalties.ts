/** @file The penalties of a network: those that the optimizer follows, and all of them as one number. */
import { ops, type Tensor } from "../graph/index.js";
import type { Network } from "./network.js";

/** The sum of some scalars, if there are any. */
export const addPenalties = (scalars: readonly Tensor[]): Tensor | undefined =>
  scalars.length === 0 ? undefined : scalars.reduce((sum, scalar) => ops.add(sum, scalar));

/** Penalties of weights whose gradients are followed: all but those with proximal steps. */
export function smoothPenalties({ weights }: Network): readonly Tensor[] {
  return weights.flatMap(({ variable, regularizer }) =>
    regularizer && !regularizer.proximal ? [regularizer.penalty(variable)] : [],
  );
}

/** The sum of the penalties of all weights; undefined if none has one. */
export function weightPenalty({ weights }: Network): Tensor | undefined {
  return addPenalties(
    weights.flatMap(({ variable, regularizer }) =>
      regularizer ? [regularizer.penalty(variable)] : [],
    ),
  );
}
