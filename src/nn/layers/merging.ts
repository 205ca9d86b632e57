/** @file Layers that merge the outputs of several others, element by element. */
import { ops, type Shape, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import { defineLayer, type LayerPlace } from "./define.js";

/** NumPy's rule for rows of one number of axes; with different ones, rows and features would mix. */
function mergedShape({ name, inputShapes }: LayerPlace): Shape {
  const [first, ...others] = inputShapes;
  if (others.every((shape) => shape.length === first.length)) {
    return ops.broadcastShapes(name, inputShapes);
  }
  const list = inputShapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
  throw new UsageError(`${name}: inputs must have one number of axes; got ${list}.`);
}

/** Defines a layer that combines its inputs two by two, from the first on. */
const defineMerge = (
  names: { readonly kind: string; readonly title: string },
  combine: (a: Tensor, b: Tensor) => Tensor,
  finish: (merged: Tensor, count: number) => Tensor = (merged) => merged,
) =>
  defineLayer({
    ...names,
    params: {},
    merges: true,
    build: (_, place) => ({
      outputShape: mergedShape(place),
      weights: [],
      apply: (x, _context, others) => ({
        output: finish(others.reduce(combine, x), place.inputShapes.length),
      }),
    }),
  });

/**
 * The sum of two inputs or more, `y = x1 + x2 + ...`: what closes a residual block. Sizes of 1 stretch, as in
 * Keras.
 *
 * @example { ...add(), inputs: ["dense_1", "dense_3"] }
 * @see He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2016
 */
export const add = defineMerge({ kind: "add", title: "Add" }, ops.add);

/** The first input less the others, `y = x1 - x2 - ...`. Keras takes two. */
export const subtract = defineMerge({ kind: "subtract", title: "Subtract" }, ops.subtract);

/** The product of two inputs or more, element by element, as in Keras: gates and attention over channels. */
export const multiply = defineMerge({ kind: "multiply", title: "Multiply" }, ops.multiply);

/** The mean of two inputs or more, element by element, as in Keras. */
export const average = defineMerge({ kind: "average", title: "Average" }, ops.add, (sum, count) =>
  ops.multiply(sum, 1 / count),
);

/** The largest of two inputs or more, element by element, as in Keras. Of equal ones the last gets the gradient. */
export const maximum = defineMerge({ kind: "maximum", title: "Maximum" }, ops.maximum);
