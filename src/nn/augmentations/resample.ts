/** @file Images seen through an affine map: where each pixel comes from, and what lies outside. */
import { ops, sizeOf, type Tensor } from "../../graph/index.js";
import { choice, real } from "../../util/index.js";

/** Parameters of augmentations that move pixels. */
export const samplingParameters = {
  /**
   * What lies outside of the image: "constant" is `value`, "nearest" the pixel at the edge, "reflect" the
   * image mirrored, edge pixels twice.
   */
  fill: choice({ choices: ["constant", "nearest", "reflect"], default: "constant" }),
  /** Outside, for the fill "constant"; as the network gets it, after scaling. */
  value: real({ default: 0 }),
  interpolation: choice({ choices: ["bilinear", "nearest"], default: "bilinear" }),
};

export interface Sampling {
  readonly fill: "constant" | "nearest" | "reflect";
  readonly value: number;
  readonly interpolation: "bilinear" | "nearest";
}

/**
 * For each row: a pixel at (i, j) from the image's centre shows what lay at
 * `(a i + b j + e, c i + d j + f)`; in this order.
 */
export type AffineMap = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
export const AFFINE_COLUMNS = 6;

/** The largest whole number up to x, as float32; exact up to 2^24. */
function floor(x: Tensor): Tensor {
  const towardsZero = ops.cast(ops.cast(x, "int32"), "float32");
  return ops.subtract(towardsZero, ops.cast(ops.less(x, towardsZero), "float32"));
}

/** A position inside of [0, length), for one that may lie outside. */
function inside(position: Tensor, length: number, { fill }: Sampling): Tensor {
  const clamp = (x: Tensor): Tensor => ops.minimum(ops.maximum(x, 0), length - 1);
  if (fill !== "reflect") return clamp(position);
  const period = 2 * length;
  const turns = floor(ops.divide(position, period));
  const phase = ops.subtract(position, ops.multiply(turns, period));
  return clamp(ops.minimum(phase, ops.subtract(period - 1, phase)));
}

function isOutside(position: Tensor, length: number): Tensor {
  const low = ops.cast(ops.less(position, 0), "int32");
  return ops.add(low, ops.cast(ops.less(length - 1, position), "int32"));
}

/** The pixels at whole positions of [rows, height, width]. */
function look(x: Tensor, [i, j]: readonly [Tensor, Tensor], sampling: Sampling): Tensor {
  const [rows, height, width, channels] = x.shape;
  const whole = (position: Tensor, length: number): Tensor =>
    ops.cast(inside(position, length, sampling), "int32");
  const image = ops.iota([rows, height, width], 0);
  const line = ops.add(ops.multiply(image, height), whole(i, height));
  const pixel = ops.add(ops.multiply(line, width), whole(j, width));
  const size = rows * height * width;
  const found = ops.gatherRows(ops.reshape(x, [size, channels]), ops.reshape(pixel, [size]));
  const pixels = ops.reshape(found, x.shape);
  if (sampling.fill !== "constant") return pixels;
  const outside = ops.add(isOutside(i, height), isOutside(j, width));
  return ops.select(ops.keepLast(ops.less(0, outside)), sampling.value, pixels);
}

/** The mean of the four pixels around a position, each by its nearness. */
function bilinear(x: Tensor, [i, j]: readonly [Tensor, Tensor], sampling: Sampling): Tensor {
  const [top, left] = [floor(i), floor(j)];
  const [down, right] = [ops.subtract(i, top), ops.subtract(j, left)];
  const weighted = (di: 0 | 1, dj: 0 | 1): Tensor => {
    const vertical = di === 1 ? down : ops.subtract(1, down);
    const horizontal = dj === 1 ? right : ops.subtract(1, right);
    const pixels = look(x, [ops.add(top, di), ops.add(left, dj)], sampling);
    return ops.multiply(pixels, ops.keepLast(ops.multiply(vertical, horizontal)));
  };
  return ops.add(ops.add(weighted(0, 0), weighted(0, 1)), ops.add(weighted(1, 0), weighted(1, 1)));
}

/**
 * Images seen through a map for each row.
 *
 * @param x - [rows, height, width] or [rows, height, width, channels]
 * @param map - the columns of {@link AffineMap}, each [rows]
 */
export function resample(x: Tensor, map: readonly Tensor[], sampling: Sampling): Tensor {
  const [rows, height, width] = x.shape;
  const images = ops.reshape(x, [rows, height, width, sizeOf(x.shape) / (rows * height * width)]);
  const fromCentre = (axis: number, length: number): Tensor =>
    ops.subtract(ops.cast(ops.iota([rows, height, width], axis), "float32"), (length - 1) / 2);
  const [di, dj] = [fromCentre(1, height), fromCentre(2, width)];
  const [a, b, c, d, e, f] = map.map((column) => ops.reshape(column, [rows, 1, 1]));
  const source = (byI: Tensor, byJ: Tensor, moved: Tensor, length: number): Tensor =>
    ops.add(
      ops.add(ops.add(ops.multiply(di, byI), ops.multiply(dj, byJ)), moved),
      (length - 1) / 2,
    );
  const i = source(a, b, e, height);
  const j = source(c, d, f, width);
  const pixels =
    sampling.interpolation === "bilinear"
      ? bilinear(images, [i, j], sampling)
      : look(images, [floor(ops.add(i, 0.5)), floor(ops.add(j, 0.5))], sampling);
  return ops.reshape(pixels, x.shape);
}
