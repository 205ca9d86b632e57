/** @file Concatenate: inputs one after the other along an axis. */
import { ops, type Shape, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import { axis, resolveAxes } from "./axes.js";
import { defineLayer, type LayerPlace } from "./define.js";

function joinedShape({ name, inputShapes }: LayerPlace, given: number): Shape {
  const [first, ...others] = inputShapes;
  const at = resolveAxes(name, given, first.length)[0] - 1;
  const fits = others.every(
    (shape) =>
      shape.length === first.length && shape.every((size, i) => i === at || size === first[i]),
  );
  if (!fits) {
    const list = inputShapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
    throw new UsageError(
      `${name}: rows of its inputs must have one shape but for axis ${given}; got ${list}.`,
    );
  }
  return first.map((size, i) =>
    i === at ? inputShapes.reduce((sum, shape) => sum + shape[at], 0) : size,
  );
}

/** The order of axes that swaps the first and another; it undoes itself. */
const swapFirst = (rank: number, other: number): readonly number[] =>
  Array.from({ length: rank }, (_, i) => (i === 0 ? other : i === other ? 0 : i));

/** Joins tensors along axis 0: each result takes its row from the one input in whose range it lies. */
function joinRows(parts: readonly Tensor[]): Tensor {
  const total = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const place = ops.iota([total], 0);
  const column = ops.reshape(place, [total, ...parts[0].shape.slice(1).map(() => 1)]);
  let start = 0;
  let joined: Tensor | undefined;
  for (const part of parts) {
    const size = part.shape[0];
    const row = ops.maximum(ops.minimum(ops.subtract(place, start), size - 1), 0);
    const own = ops.gatherRows(part, row);
    joined = joined ? ops.select(ops.less(column, start), joined, own) : own;
    start += size;
  }
  return joined ?? parts[0];
}

/**
 * Two inputs or more, one after the other along an axis, as in Keras; in PyTorch, `cat`. The other axes must
 * agree. Values pass unchanged.
 *
 * @param options.axis - default the last; axis 0 is that of the rows
 * @example { ...concatenate(), inputs: ["dense_1", "dense_2"] }
 */
export const concatenate = defineLayer({
  kind: "concatenate",
  title: "Concatenate",
  params: { axis: axis({ default: -1 }) },
  merges: true,
  build: (values, place) => {
    const [at] = resolveAxes(place.name, values.axis, place.inputShape.length);
    return {
      outputShape: joinedShape(place, values.axis),
      weights: [],
      apply: (x, _, others) => {
        const order = swapFirst(x.shape.length, at);
        const parts = [x, ...others].map((part) => ops.transpose(part, order));
        return { output: ops.transpose(joinRows(parts), order) };
      },
    };
  },
});
