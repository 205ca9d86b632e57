/**
 * @file conv2d and its two gradients. With y = conv2d(x, k), each of the three sums the products
 * y[window] x[pixel] k[position] over one of them being absent, so the gradients of each are the others:
 *
 * y[n, i, j, f] = sum over a, b, c of x[n, i s + a d - p, j s + b d - p, c] k[a, b, c, f]
 *
 * (cross-correlation: the kernel is not flipped, as in Keras and PyTorch).
 */
import { UsageError } from "../../util/index.js";
import {
  describeTensor,
  requireDType,
  sizeOf,
  type Operation,
  type Shape,
  type Tensor,
  type Windows,
  type WindowsOver,
} from "../tensor.js";
import {
  countWindows,
  imageSize,
  requireImages,
  requireWindows,
  tapsOf,
  windowsOf,
} from "../windows.js";

function requireKernel(who: string, kernel: Tensor, { size }: Windows): void {
  requireDType(who, kernel, ["float32"]);
  const { shape } = kernel;
  if (shape.length === 4 && shape[0] === size[0] && shape[1] === size[1]) return;
  throw new UsageError(
    `${who}: kernel must be [${size.join(", ")}, inputs, outputs]; got ${describeTensor(kernel)}.`,
  );
}

function requireChannels(who: string, what: string, got: number, wanted: number): void {
  if (got === wanted) return;
  throw new UsageError(`${who}: ${what} must have ${wanted} channels; got ${got}.`);
}

/** Throws unless `images` has one image for each of `count` and one pixel for each window. */
function requireResults(who: string, images: Tensor, expected: Shape): void {
  const [rows, height, width] = images.shape;
  if (rows === expected[0] && height === expected[1] && width === expected[2]) return;
  throw new UsageError(
    `${who}: the gradient of the result must be [${expected.join(", ")}, outputs]; ` +
      `got ${describeTensor(images)}.`,
  );
}

/** The sizes over which all three run. */
interface Sizes {
  readonly images: Tensor;
  readonly results: Tensor;
  readonly size: readonly [number, number];
}

/** Visits every product, as offsets into the images, the kernel and the results. */
function forEachProduct(
  { images, results, size }: Sizes,
  windows: Windows,
  visit: (pixel: number, weight: number, result: number) => void,
): void {
  const [rows, height, width, inputs] = images.shape;
  const [, down, across, outputs] = results.shape;
  const taps = tapsOf([height, width], { ...windows, size });
  for (let row = 0; row < rows; row++) {
    for (const { window, position, pixel } of taps) {
      for (let c = 0; c < inputs; c++) {
        const from = (row * height * width + pixel) * inputs + c;
        const weight = (position * inputs + c) * outputs;
        const result = (row * down * across + window) * outputs;
        for (let f = 0; f < outputs; f++) visit(from, weight + f, result + f);
      }
    }
  }
}

/** y from x and k. */
export const conv2d: Operation<"conv2d"> = {
  name: "conv2d",
  kind: "contraction",
  infer: ([x, kernel], attributes) => {
    const windows = attributes as Windows;
    requireImages("conv2d", [x]);
    requireKernel("conv2d", kernel, windows);
    requireWindows("conv2d", imageSize(x), windows);
    requireChannels("conv2d", "images", x.shape[3], kernel.shape[2]);
    const shape = [x.shape[0], ...countWindows(imageSize(x), windows), kernel.shape[3]];
    return { shape, dtype: "float32" };
  },
  gradient: (ops, node, upstream) => {
    const [x, kernel] = node.inputs;
    const windows = windowsOf(node);
    return [
      ops.conv2dInputGradient(upstream, kernel, { ...windows, inputSize: imageSize(x) }),
      ops.conv2dKernelGradient(x, upstream, windows),
    ];
  },
  reference: ([x, kernel], node) => {
    const y = new Float64Array(sizeOf(node.shape));
    const sizes = { images: node.inputs[0], results: node, size: windowsOf(node).size };
    forEachProduct(sizes, windowsOf(node), (pixel, weight, result) => {
      y[result] += x[pixel] * kernel[weight];
    });
    return y;
  },
};

/** The gradient in x, from that of y and k. */
export const conv2dInputGradient: Operation<"conv2dInputGradient"> = {
  name: "conv2dInputGradient",
  kind: "contraction",
  infer: ([upstream, kernel], attributes) => {
    const { inputSize, ...windows } = attributes as WindowsOver;
    const who = "conv2dInputGradient";
    requireImages(who, [upstream]);
    requireKernel(who, kernel, windows);
    requireWindows(who, inputSize, windows);
    requireResults(who, upstream, [upstream.shape[0], ...countWindows(inputSize, windows)]);
    requireChannels(who, "the gradient of the result", upstream.shape[3], kernel.shape[3]);
    return { shape: [upstream.shape[0], ...inputSize, kernel.shape[2]], dtype: "float32" };
  },
  gradient: (ops, node, upstream) => {
    const [results, kernel] = node.inputs;
    const windows = windowsOf(node);
    return [
      ops.conv2d(upstream, kernel, windows),
      ops.conv2dKernelGradient(upstream, results, windows),
    ];
  },
  reference: ([upstream, kernel], node) => {
    const dx = new Float64Array(sizeOf(node.shape));
    const sizes = { images: node, results: node.inputs[0], size: windowsOf(node).size };
    forEachProduct(sizes, windowsOf(node), (pixel, weight, result) => {
      dx[pixel] += upstream[result] * kernel[weight];
    });
    return dx;
  },
};

/** The gradient in k, from x and the gradient of y. */
export const conv2dKernelGradient: Operation<"conv2dKernelGradient"> = {
  name: "conv2dKernelGradient",
  kind: "contraction",
  infer: ([x, upstream], attributes) => {
    const windows = attributes as Windows;
    const who = "conv2dKernelGradient";
    requireImages(who, [x, upstream]);
    requireWindows(who, imageSize(x), windows);
    requireResults(who, upstream, [x.shape[0], ...countWindows(imageSize(x), windows)]);
    return { shape: [...windows.size, x.shape[3], upstream.shape[3]], dtype: "float32" };
  },
  gradient: (ops, node, upstream) => {
    const [x, results] = node.inputs;
    const windows = windowsOf(node);
    return [
      ops.conv2dInputGradient(results, upstream, { ...windows, inputSize: imageSize(x) }),
      ops.conv2d(x, upstream, windows),
    ];
  },
  reference: ([x, upstream], node) => {
    const dk = new Float64Array(sizeOf(node.shape));
    const [images, results] = node.inputs;
    const sizes = { images, results, size: windowsOf(node).size };
    forEachProduct(sizes, windowsOf(node), (pixel, weight, result) => {
      dk[weight] += x[pixel] * upstream[result];
    });
    return dk;
  },
};
