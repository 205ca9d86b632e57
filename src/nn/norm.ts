/** @file Norms of the vectors that a weight is made of: the parameter that says which, and their lengths. */
import { ops, type Tensor } from "../graph/index.js";
import { integer, UsageError } from "../util/index.js";
import type { PartParameter } from "./parameters.js";

export type Axes = number | readonly number[];

const anyAxis = integer({ min: -Infinity, default: 0 });

/** Declares one axis or several, over which a norm is taken; negative ones count from the end. */
export function axisParameter(options: { readonly default: Axes }): PartParameter<Axes> {
  return {
    kind: "part",
    forms: [anyAxis, { kind: "list", of: anyAxis }],
    ...options,
    check: (who, name, value) => {
      const axes: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (axes.length > 0 && axes.every(Number.isInteger)) return value as Axes;
      const got = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
      throw new UsageError(`${who}: ${name} must be a whole number, or several; got ${got}.`);
    },
  };
}

/** A norm is taken over some axes of a weight. */
export interface NormOptions {
  /** The subject of the error's sentence: "MaxNorm". */
  readonly who: string;
  readonly axis: Axes;
}

type Reduce = (x: Tensor, axes: readonly number[]) => Tensor;

const reduceOver =
  (reduce: Reduce) =>
  (x: Tensor, { who, axis }: NormOptions): Tensor => {
    const rank = x.shape.length;
    const axes = (typeof axis === "number" ? [axis] : axis).map((i) => (i < 0 ? i + rank : i));
    const wrong = axes.find((i) => i < 0 || i >= rank);
    if (wrong !== undefined) {
      throw new UsageError(
        `${who}: axis must be one of the weight's ${rank} axes, from 0; got ${wrong} ` +
          `for [${x.shape.join(", ")}].`,
      );
    }
    const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
    return ops.reshape(reduce(x, axes), kept);
  };

/**
 * The sum over the axes, which keep the size 1.
 *
 * @throws UsageError if the weight has no such axis
 */
export const sumOver = reduceOver(ops.sum);
/** The largest element over the axes, which keep the size 1. */
export const maxOver = reduceOver(ops.max);

/** sqrt(sum(w^2)) over the axes, which keep the size 1. Its gradient at a vector of zeros is NaN. */
export function normOver(weight: Tensor, options: NormOptions): Tensor {
  return ops.sqrt(sumOver(ops.square(weight), options));
}

/** The same, with the gradient 0 at a vector of zeros, one of the subgradients there. */
export function smoothNormOver(weight: Tensor, options: NormOptions): Tensor {
  const squares = sumOver(ops.square(weight), options);
  const isZero = ops.equal(squares, 0);
  return ops.select(isZero, 0, ops.sqrt(ops.select(isZero, 1, squares)));
}
