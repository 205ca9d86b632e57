/**
 * @file maxPool and its gradient. maxPool(scores, values) gives, for each window and channel, the value
 * at the first largest score in row-major order; the ordinary maximum is maxPool(x, x). The gradient of
 * a window goes to that one element, as in PyTorch, and each of the two is the other's gradient.
 *
 * Elements outside the image are never chosen. A NaN counts as the largest score.
 */
import { requireAlike } from "../define.js";
import { sizeOf, type Operation, type Tensor, type Windows } from "../tensor.js";
import {
  countWindows,
  imageSize,
  pooledShape,
  requireImages,
  requirePooling,
  tapsOf,
} from "../windows.js";

const isLarger = (score: number, best: number): boolean =>
  score > best || (Number.isNaN(score) && !Number.isNaN(best));

/** Visits the chosen element of every window, as offsets into the images and the results. */
function forEachChoice(
  scores: Float64Array,
  { images, windows }: { images: Tensor; windows: Windows },
  visit: (chosen: number, result: number) => void,
): void {
  const [rows, height, width, channels] = images.shape;
  const taps = tapsOf([height, width], windows);
  const [down, across] = countWindows([height, width], windows);
  for (let row = 0; row < rows; row++) {
    const chosen = new Map<number, number>();
    for (const { window, pixel } of taps) {
      for (let c = 0; c < channels; c++) {
        const at = (row * height * width + pixel) * channels + c;
        const result = (row * down * across + window) * channels + c;
        const best = chosen.get(result);
        if (best === undefined || isLarger(scores[at], scores[best])) chosen.set(result, at);
      }
    }
    chosen.forEach(visit);
  }
}

export const maxPool: Operation<"maxPool"> = {
  name: "maxPool",
  kind: "contraction",
  infer: ([scores, values], attributes) => {
    const windows = attributes as Windows;
    requireImages("maxPool", [scores]);
    requirePooling("maxPool", imageSize(scores), windows);
    requireAlike("maxPool", [scores, values]);
    return { shape: pooledShape(scores.shape, windows), dtype: "float32" };
  },
  gradient: (ops, node, upstream) => [
    undefined,
    ops.maxPoolGradient(node.inputs[0], upstream, node.attributes as Windows),
  ],
  reference: ([scores, values], node) => {
    const y = new Float64Array(sizeOf(node.shape));
    const at = { images: node.inputs[0], windows: node.attributes as Windows };
    forEachChoice(scores, at, (chosen, result) => {
      y[result] = values[chosen];
    });
    return y;
  },
};

export const maxPoolGradient: Operation<"maxPoolGradient"> = {
  name: "maxPoolGradient",
  kind: "contraction",
  infer: ([scores, upstream], attributes) => {
    const windows = attributes as Windows;
    requireImages("maxPoolGradient", [scores]);
    requirePooling("maxPoolGradient", imageSize(scores), windows);
    requireAlike("maxPoolGradient", [
      { ...scores, shape: pooledShape(scores.shape, windows) },
      upstream,
    ]);
    return { shape: scores.shape, dtype: "float32" };
  },
  gradient: (ops, node, upstream) => [
    undefined,
    ops.maxPool(node.inputs[0], upstream, node.attributes as Windows),
  ],
  reference: ([scores, upstream], node) => {
    const dx = new Float64Array(sizeOf(node.shape));
    const at = { images: node.inputs[0], windows: node.attributes as Windows };
    forEachChoice(scores, at, (chosen, result) => {
      dx[chosen] += upstream[result];
    });
    return dx;
  },
};
