/**
 * @file sumPool and its gradient: y[window] = the sum of the window's elements in the image, channel by
 * channel; the average is this over a count. Both are linear, and each is the other's gradient.
 */
import { requireAlike } from "../define.js";
import { sizeOf, type Operation, type Shape, type Windows, type WindowsOver } from "../tensor.js";
import {
  countWindows,
  imageSize,
  pooledShape,
  requireImages,
  requirePooling,
  tapsOf,
  windowsOf,
} from "../windows.js";

/** Visits every element of every window, as offsets into the images and the results. */
function forEachElement(
  [rows, height, width, channels]: Shape,
  windows: Windows,
  visit: (element: number, result: number) => void,
): void {
  const taps = tapsOf([height, width], windows);
  const [down, across] = countWindows([height, width], windows);
  for (let row = 0; row < rows; row++) {
    for (const { window, pixel } of taps) {
      const from = (row * height * width + pixel) * channels;
      const to = (row * down * across + window) * channels;
      for (let c = 0; c < channels; c++) visit(from + c, to + c);
    }
  }
}

export const sumPool: Operation<"sumPool"> = {
  name: "sumPool",
  kind: "contraction",
  infer: ([x], attributes) => {
    const windows = attributes as Windows;
    requireImages("sumPool", [x]);
    requirePooling("sumPool", imageSize(x), windows);
    return { shape: pooledShape(x.shape, windows), dtype: "float32" };
  },
  gradient: (ops, node, upstream) => [
    ops.sumPoolGradient(upstream, { ...windowsOf(node), inputSize: imageSize(node.inputs[0]) }),
  ],
  reference: ([x], node) => {
    const y = new Float64Array(sizeOf(node.shape));
    forEachElement(node.inputs[0].shape, windowsOf(node), (element, result) => {
      y[result] += x[element];
    });
    return y;
  },
};

export const sumPoolGradient: Operation<"sumPoolGradient"> = {
  name: "sumPoolGradient",
  kind: "contraction",
  infer: ([upstream], attributes) => {
    const { inputSize, ...windows } = attributes as WindowsOver;
    const who = "sumPoolGradient";
    requireImages(who, [upstream]);
    requirePooling(who, inputSize, windows);
    const [rows, , , channels] = upstream.shape;
    const shape = [rows, ...inputSize, channels];
    requireAlike(who, [{ ...upstream, shape: pooledShape(shape, windows) }, upstream]);
    return { shape, dtype: "float32" };
  },
  gradient: (ops, node, upstream) => [ops.sumPool(upstream, windowsOf(node))],
  reference: ([upstream], node) => {
    const dx = new Float64Array(sizeOf(node.shape));
    forEachElement(node.shape, windowsOf(node), (element, result) => {
      dx[element] += upstream[result];
    });
    return dx;
  },
};
