/** @file The functions of images: convolution and pooling with padding by name. */
import { UsageError } from "../util/index.js";
import { primitives } from "./ops/index.js";
import { describeTensor, type Tensor, type Windows } from "./tensor.js";
import { countWindows, imageSize, samePadding } from "./windows.js";

/** "same" and "valid" as in Keras, or elements at the top, bottom, left and right. */
export type Padding = "same" | "valid" | Windows["padding"];

export interface WindowOptions {
  /** Default [1, 1] in convolutions; the window's size in pooling. */
  readonly strides?: readonly [number, number];
  /** Default "valid": none. */
  readonly padding?: Padding;
}

function windowsFor(
  who: string,
  x: Tensor,
  options: WindowOptions & Pick<Windows, "size" | "strides" | "dilation">,
): Windows {
  const { size, strides, dilation, padding = "valid" } = options;
  if (x.shape.length !== 4) {
    throw new UsageError(
      `${who}: images must be [rows, height, width, channels]; got ${describeTensor(x)}.`,
    );
  }
  if (padding === "valid") return { size, strides, dilation, padding: [0, 0, 0, 0] };
  if (padding !== "same") return { size, strides, dilation, padding };
  return { size, strides, dilation, padding: samePadding(imageSize(x), options) };
}

/**
 * The cross-correlation of images [rows, height, width, inputs] with a kernel [height, width, inputs,
 * outputs]. PyTorch has channels first, in both.
 *
 * @param options.dilation - from one element of the kernel to the next; default [1, 1]
 */
export function conv2d(
  x: Tensor,
  kernel: Tensor,
  options: WindowOptions & { readonly dilation?: readonly [number, number] } = {},
): Tensor {
  const { strides = [1, 1], dilation = [1, 1] } = options;
  const size = [kernel.shape[0], kernel.shape[1]] as const;
  return primitives.conv2d(
    x,
    kernel,
    windowsFor("conv2d", x, { ...options, size, strides, dilation }),
  );
}

const pooling = (who: string, x: Tensor, options: WindowOptions & Pick<Windows, "size">): Windows =>
  windowsFor(who, x, { ...options, strides: options.strides ?? options.size, dilation: [1, 1] });

/** The largest element of each window, channel by channel; the first of equal ones gets the gradient. */
export function maxPool2d(x: Tensor, options: WindowOptions & Pick<Windows, "size">): Tensor {
  return primitives.maxPool(x, x, pooling("maxPool2d", x, options));
}

/**
 * The mean of each window, channel by channel.
 *
 * @param options.countPadding - divides by the window's size even where padding is in it, as PyTorch
 * does unless told not to; default false, as in Keras
 */
export function averagePool2d(
  x: Tensor,
  options: WindowOptions & Pick<Windows, "size"> & { readonly countPadding?: boolean },
): Tensor {
  const windows = pooling("averagePool2d", x, options);
  const sums = primitives.sumPool(x, windows);
  const uniform = options.countPadding === true || windows.padding.every((size) => size === 0);
  const area = windows.size[0] * windows.size[1];
  const count = uniform ? primitives.constant(area) : countElements(x, windows);
  const axes = uniform ? [] : [1, 2];
  return primitives.divide(sums, primitives.broadcast(count, { shape: sums.shape, axes }));
}

/** Elements of each window that lie in the image, [down, across]. */
function countElements(x: Tensor, windows: Windows): Tensor {
  const shape = [1, ...imageSize(x), 1];
  const ones = primitives.broadcast(primitives.constant(1), { shape, axes: [] });
  return primitives.reshape(primitives.sumPool(ones, windows), countWindows(imageSize(x), windows));
}
