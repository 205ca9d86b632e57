/** @file Cases for convolution and pooling: every stride, padding and dilation, channels around a vector. */
import { countWindows, primitives, type Tensor, type Windows } from "../../src/graph/index.js";
import { input, list, type OpCase } from "./caseParts.js";
import { EXACT, SUMMED } from "./values.js";

interface WindowCase {
  readonly title: string;
  /** Images [rows, height, width, channels], and the channels of a convolution's result. */
  readonly images: readonly number[];
  readonly outputs: number;
  readonly windows: Windows;
  /** [rows, down, across]. */
  readonly results: readonly number[];
}

type Row = readonly [
  images: string,
  outputs: number,
  size: string,
  strides?: string,
  padding?: string,
  dilation?: string,
];

function windowCase(row: Row): WindowCase {
  const [images, outputs, size, strides = "1 1", padding = "0 0 0 0", dilation = "1 1"] = row;
  const pair = (text: string): [number, number] => list(text) as [number, number];
  const windows: Windows = {
    size: pair(size),
    strides: pair(strides),
    dilation: pair(dilation),
    padding: list(padding) as [number, number, number, number],
  };
  const [rows, height, width] = list(images);
  return {
    title: `[${images}] by [${size}], strides [${strides}], padding [${padding}], dilation [${dilation}]`,
    images: list(images),
    outputs,
    windows,
    results: [rows, ...countWindows([height, width], windows)],
  };
}

const POOLED: readonly Row[] = [
  ["1 1 1 1", 1, "1 1"],
  ["2 4 4 1", 1, "2 2", "2 2"],
  ["3 4 6 4", 4, "2 2", "2 2"],
  ["2 5 7 5", 3, "2 3", "2 3"],
  ["2 5 5 3", 8, "3 3", "2 2"],
  ["2 5 5 17", 5, "3 2", "1 2", "1 1 1 0"],
  ["1 7 9 6", 9, "3 3", "2 2", "1 1 1 1"],
  ["2 4 4 2", 10, "3 3", "2 2", "0 1 0 1"],
  ["2 6 5 4", 3, "5 4", "3 1", "2 2 1 2"],
];

const CONVOLVED: readonly Row[] = [
  ...POOLED,
  ["2 3 3 2", 3, "1 1"],
  ["2 5 6 3", 4, "1 1", "2 3"],
  ["1 9 8 5", 12, "3 2", "1 1", "0 0 0 0", "2 3"],
  ["2 7 7 4", 7, "3 3", "2 1", "2 2 1 3", "2 2"],
  ["3 12 13 1", 33, "3 3"],
];

const pooled = POOLED.map(windowCase);
const convolved = CONVOLVED.map(windowCase);

/** Of quarters, so that ties occur; the judge's differences draw distinct values instead. */
const ties = (shape: readonly number[]) => ({ ...input(shape), quantum: 0.25 });

const cases = (
  list: readonly WindowCase[],
  make: (one: WindowCase) => Omit<OpCase, "title">,
): OpCase[] => list.map((one) => ({ title: one.title, ...make(one) }));

const kernelOf = ({ windows, images, outputs }: WindowCase): number[] => [
  ...windows.size,
  images[3],
  outputs,
];
const sizeOf = ({ images }: WindowCase): readonly [number, number] => [images[1], images[2]];

export const windowCases = {
  conv2d: cases(convolved, (one) => ({
    inputs: [input(one.images), input(kernelOf(one))],
    build: ([x, kernel]: readonly Tensor[]) => primitives.conv2d(x, kernel, one.windows),
    tolerance: SUMMED,
  })),
  conv2dInputGradient: cases(convolved, (one) => ({
    inputs: [input([...one.results, one.outputs]), input(kernelOf(one))],
    build: ([upstream, kernel]: readonly Tensor[]) =>
      primitives.conv2dInputGradient(upstream, kernel, {
        ...one.windows,
        inputSize: sizeOf(one),
      }),
    tolerance: SUMMED,
  })),
  conv2dKernelGradient: cases(convolved, (one) => ({
    inputs: [input(one.images), input([...one.results, one.outputs])],
    build: ([x, upstream]: readonly Tensor[]) =>
      primitives.conv2dKernelGradient(x, upstream, one.windows),
    tolerance: SUMMED,
  })),
  maxPool: [
    ...cases(pooled, (one) => ({
      inputs: [ties(one.images)],
      build: ([x]: readonly Tensor[]) => primitives.maxPool(x, x, one.windows),
      tolerance: EXACT,
    })),
    ...cases(pooled, (one) => ({
      inputs: [ties(one.images), input(one.images)],
      build: ([x, values]: readonly Tensor[]) => primitives.maxPool(x, values, one.windows),
      tolerance: EXACT,
    })).map((one) => ({ ...one, title: `${one.title}, of other values` })),
  ],
  maxPoolGradient: cases(pooled, (one) => ({
    inputs: [ties(one.images), input([...one.results, one.images[3]])],
    build: ([x, upstream]: readonly Tensor[]) =>
      primitives.maxPoolGradient(x, upstream, one.windows),
    tolerance: SUMMED,
  })),
  sumPool: cases(pooled, (one) => ({
    inputs: [input(one.images)],
    build: ([x]: readonly Tensor[]) => primitives.sumPool(x, one.windows),
    tolerance: SUMMED,
  })),
  sumPoolGradient: cases(pooled, (one) => ({
    inputs: [input([...one.results, one.images[3]])],
    build: ([upstream]: readonly Tensor[]) =>
      primitives.sumPoolGradient(upstream, { ...one.windows, inputSize: sizeOf(one) }),
    tolerance: SUMMED,
  })),
} satisfies Readonly<Record<string, readonly OpCase[]>>;
