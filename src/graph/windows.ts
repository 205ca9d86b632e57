/**
 * @file The geometry of windows that slide over images, shared by convolution and pooling. Images are
 * [rows, height, width, channels] and convolution kernels [height, width, inputs, outputs], as in Keras.
 */
import { UsageError } from "../util/index.js";
import { describeTensor, requireDType, type Shape, type Tensor, type Windows } from "./tensor.js";

/** The windows of a node, without what else its attributes hold. */
export function windowsOf(node: Tensor): Windows {
  const { size, strides, dilation, padding } = node.attributes as Windows;
  return { size, strides, dilation, padding };
}

/** Height and width of a tensor of images. */
export function imageSize({ shape }: Tensor): readonly [number, number] {
  return [shape[1], shape[2]];
}

/** From the first to the last element of a window. */
function extents({ size, dilation }: Windows): readonly [number, number] {
  return [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
}

/** Height and width with the padding. */
export function paddedSize(
  [height, width]: readonly [number, number],
  { padding: [top, bottom, left, right] }: Windows,
): readonly [number, number] {
  return [top + height + bottom, left + width + right];
}

/** How many windows fit, down and across: floor((padded - extent) / stride) + 1. */
export function countWindows(
  input: readonly [number, number],
  windows: Windows,
): readonly [number, number] {
  const padded = paddedSize(input, windows);
  const extent = extents(windows);
  const along = (axis: 0 | 1): number =>
    Math.floor((padded[axis] - extent[axis]) / windows.strides[axis]) + 1;
  return [along(0), along(1)];
}

/**
 * Keras' "same" padding, with which there are ceil(size / stride) windows. Where the padding is odd,
 * the extra row or column is at the bottom or right; PyTorch's padding is always symmetric.
 */
export function samePadding(
  input: readonly [number, number],
  windows: Omit<Windows, "padding">,
): Windows["padding"] {
  const extent = extents({ ...windows, padding: [0, 0, 0, 0] });
  const along = (axis: 0 | 1): readonly [number, number] => {
    const stride = windows.strides[axis];
    const last = (Math.ceil(input[axis] / stride) - 1) * stride;
    const total = Math.max(0, last + extent[axis] - input[axis]);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [...along(0), ...along(1)];
}

/** One element of one window that lies in the image; all three are row-major numbers. */
export interface Tap {
  readonly window: number;
  /** Of the element within its window. */
  readonly position: number;
  readonly pixel: number;
}

/** Every element of every window that lies in the image, window by window, in row-major order. */
export function tapsOf(input: readonly [number, number], windows: Windows): Tap[] {
  const { size, strides, dilation, padding } = windows;
  const [down, across] = countWindows(input, windows);
  const taps: Tap[] = [];
  for (let window = 0; window < down * across; window++) {
    for (let position = 0; position < size[0] * size[1]; position++) {
      const along = (axis: 0 | 1, number: number, place: number): number =>
        number * strides[axis] + place * dilation[axis] - padding[2 * axis];
      const row = along(0, Math.floor(window / across), Math.floor(position / size[1]));
      const column = along(1, window % across, position % size[1]);
      const inside = row >= 0 && row < input[0] && column >= 0 && column < input[1];
      if (inside) taps.push({ window, position, pixel: row * input[1] + column });
    }
  }
  return taps;
}

/** Throws unless all tensors are images in float32. */
export function requireImages(who: string, tensors: readonly Tensor[]): void {
  for (const tensor of tensors) {
    requireDType(who, tensor, ["float32"]);
    if (tensor.shape.length === 4) continue;
    throw new UsageError(
      `${who}: images must be [rows, height, width, channels]; got ${describeTensor(tensor)}.`,
    );
  }
}

const atLeast = (numbers: readonly number[], least: number, count: number): boolean =>
  numbers.length === count && numbers.every((n) => Number.isInteger(n) && n >= least);

/** Throws unless the windows are well formed and at least one of them fits. */
export function requireWindows(
  who: string,
  input: readonly [number, number],
  windows: Windows,
): void {
  const { size, strides, dilation, padding } = windows;
  const whole =
    [size, strides, dilation].every((pair) => atLeast(pair, 1, 2)) && atLeast(padding, 0, 4);
  if (!whole) {
    throw new UsageError(
      `${who}: size, strides and dilation must be two whole numbers of at least 1, padding four of ` +
        `at least 0; got [${size.join(", ")}], [${strides.join(", ")}], [${dilation.join(", ")}] and ` +
        `[${padding.join(", ")}].`,
    );
  }
  const extent = extents(windows);
  const padded = paddedSize(input, windows);
  if (extent[0] > padded[0] || extent[1] > padded[1]) {
    throw new UsageError(
      `${who}: windows must fit into the padded image; got windows over ${extent.join(" x ")} ` +
        `in ${padded.join(" x ")}. Use smaller windows, or "same" padding.`,
    );
  }
}

/** Throws unless the windows fit and every one has an element in the image, as pooling needs. */
export function requirePooling(
  who: string,
  input: readonly [number, number],
  windows: Windows,
): void {
  requireWindows(who, input, windows);
  const { size, strides, dilation, padding } = windows;
  const counts = countWindows(input, windows);
  // Rows and columns are independent: a window is empty if no row, or no column, of it is inside.
  const isFilled = (axis: 0 | 1, window: number): boolean =>
    Array.from({ length: size[axis] }, (_, place) => place).some((place) => {
      const at = window * strides[axis] + place * dilation[axis] - padding[2 * axis];
      return at >= 0 && at < input[axis];
    });
  const allFilled = (axis: 0 | 1): boolean =>
    Array.from({ length: counts[axis] }, (_, window) => window).every((window) =>
      isFilled(axis, window),
    );
  if (allFilled(0) && allFilled(1)) return;
  throw new UsageError(
    `${who}: every window must hold an element of the image; got padding ` +
      `[${padding.join(", ")}] for ${size.join(" x ")} windows. Use less padding.`,
  );
}

/** The shape of what pooling makes of images: one pixel for each window. */
export function pooledShape([rows, height, width, channels]: Shape, windows: Windows): number[] {
  return [rows, ...countWindows([height, width], windows), channels];
}
