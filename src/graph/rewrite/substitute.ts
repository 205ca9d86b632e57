/** @file Substitution: the same program with other tensors in the place of some. */
import type { Tensor } from "../tensor.js";
import { rewrite } from "./rewrite.js";

/**
 * The roots, computed from replacements wherever they were computed from the keys. Random bits stay the
 * same: two evaluations of a network draw the same masks.
 *
 * @param replacements - by tensor, of its shape and dtype
 */
export function substitute(
  roots: readonly Tensor[],
  replacements: ReadonlyMap<Tensor, Tensor>,
): Tensor[] {
  return rewrite(roots, [(node, original) => replacements.get(original) ?? node]);
}
