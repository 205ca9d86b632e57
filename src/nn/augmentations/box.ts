/** @file Boxes in images: which pixels they cover, a row of a batch at a time. */
import { ops, type Shape, type Tensor } from "../../graph/index.js";

/** The first row and column of pixels inside, and the first ones behind. */
export type Box = readonly [top: number, left: number, bottom: number, right: number];

/** Height and width of images of [height, width] or [height, width, channels]. */
export const imageSides = ([height, width]: Shape): readonly [number, number] => [height, width];

/** Where images have pixels inside their boxes, bool of x's shape. Boxes: four columns of [rows]. */
export function isInside(x: Tensor, [top, left, bottom, right]: readonly Tensor[]): Tensor {
  const { shape } = x;
  const along = (axis: number, first: Tensor, behind: Tensor): Tensor => {
    const position = ops.cast(ops.iota(shape, axis), "float32");
    const against = (column: Tensor): Tensor =>
      ops.reshape(column, [shape[0], ...shape.slice(1).map(() => 1)]);
    const isBefore = ops.cast(ops.less(position, against(first)), "int32");
    const isBehind = ops.cast(ops.less(position, against(behind)), "int32");
    // 1 where it is not before the first and is before the one behind.
    return ops.subtract(isBehind, ops.multiply(isBefore, isBehind));
  };
  return ops.equal(ops.multiply(along(1, top, bottom), along(2, left, right)), 1);
}
