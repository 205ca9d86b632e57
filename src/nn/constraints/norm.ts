/** @file What constraints on norms share: the axes of a vector, and its length. */
import { ops, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import type { PartParameter } from "../parameters.js";

export type Axes = number | readonly number[];

/** One axis or several; negative ones count from the end. */
export const axisParameter: PartParameter<Axes> = {
  kind: "part",
  default: 0,
  check: (who, name, value) => {
    const axes: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (axes.length > 0 && axes.every(Number.isInteger)) return value as Axes;
    const got = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
    throw new UsageError(`${who}: ${name} must be a whole number, or several; got ${got}.`);
  },
};

/**
 * sqrt(sum(w^2)) over the axes, which keep the size 1.
 *
 * @throws UsageError if the weight has no such axis
 */
export function normOver(weight: Tensor, axis: Axes): Tensor {
  const rank = weight.shape.length;
  const axes = (typeof axis === "number" ? [axis] : axis).map((i) => (i < 0 ? i + rank : i));
  const wrong = axes.findIndex((i) => i < 0 || i >= rank);
  if (wrong >= 0) {
    throw new UsageError(
      `Constraint: axis must be one of the weight's ${rank} axes, from 0; got ${axes[wrong]} ` +
        `for [${weight.shape.join(", ")}].`,
    );
  }
  const norm = ops.sqrt(ops.sum(ops.square(weight), axes));
  return ops.reshape(
    norm,
    weight.shape.map((size, i) => (axes.includes(i) ? 1 : size)),
  );
}
