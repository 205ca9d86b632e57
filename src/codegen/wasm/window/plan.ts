/** @file The sizes of a window kernel, and where its parts lie in scratch memory. */
import { countWindows, paddedSize, type Shape } from "../../../graph/index.js";
import type { WindowKernel } from "../../kernel.js";
import { physicalStrides, LANES } from "../../layout.js";
import { BYTES, type TileSize } from "../product/plan.js";

const LINE = 64;
const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Images in scratch memory: a pixel's channels fill whole vectors. */
export const pixelLanes = (channels: number): number => roundUp(channels, LANES);

export interface WindowSizes {
  /** Images: rows, height, width, channels. */
  readonly images: Shape;
  /** The images' height and width with padding. */
  readonly padded: readonly [number, number];
  /** Windows down and across, and the channels of the pooled or convolved side. */
  readonly windows: readonly [number, number];
  readonly outputs: number;
}

export interface WindowPlan extends WindowSizes {
  /** Offsets in scratch memory. */
  readonly offsets: Readonly<Record<keyof Regions, number>>;
  readonly bytes: number;
}

/** Elements of each part. */
interface Regions {
  /** An image with its padding around it. */
  readonly image: number;
  /** The same, of the values that a pooling chooses from. */
  readonly values: number;
  /** The right operand of the tiles, in strips of columns. */
  readonly packed: number;
  /** What the epilogue reads. */
  readonly result: number;
}

/** The shape of the images, which are the operand or the result. */
function imagesOf({ name, space, inputs }: WindowKernel): Shape {
  return name === "conv2dInputGradient" || name === "sumPoolGradient" ? space : inputs[0].shape;
}

function outputsOf({ name, space, inputs }: WindowKernel): number {
  if (name === "conv2dInputGradient") return inputs[0].shape[3];
  return space[3];
}

export const isPadded = ({ windows }: WindowKernel): boolean =>
  windows.padding.some((size) => size > 0);

function regionsOf(kernel: WindowKernel, plan: WindowSizes, tile: TileSize): Regions {
  const { size } = kernel.windows;
  const pixels = plan.padded[0] * plan.padded[1];
  const [, , , channels] = plan.images;
  const count = plan.windows[0] * plan.windows[1];
  const source = isPadded(kernel) ? pixels * channels : 0;
  const gradient = pixels * pixelLanes(channels);
  const taps = size[0] * size[1];
  const none = { image: 0, values: 0, packed: 0, result: 0 };
  switch (kernel.name) {
    case "conv2d":
      return {
        ...none,
        image: source,
        packed: taps * channels * roundUp(plan.outputs, tile.columns),
        result: count * pixelLanes(plan.outputs),
      };
    case "conv2dInputGradient":
      return {
        ...none,
        packed: taps * plan.outputs * roundUp(channels, tile.columns),
        result: gradient,
      };
    case "conv2dKernelGradient":
      return {
        ...none,
        image: source,
        packed: count * tile.columns,
        result: taps * channels * pixelLanes(plan.outputs),
      };
    case "sumPool":
      return { ...none, image: source };
    case "maxPool":
      return { ...none, image: source, values: source };
    case "maxPoolGradient":
      return { ...none, image: source, result: gradient };
    case "sumPoolGradient":
      return { ...none, result: gradient };
  }
}

export function sizeWindow(kernel: WindowKernel): WindowSizes {
  const images = imagesOf(kernel);
  const input = [images[1], images[2]] as const;
  return {
    images,
    padded: paddedSize(input, kernel.windows),
    windows: countWindows(input, kernel.windows),
    outputs: outputsOf(kernel),
  };
}

export function planWindow(kernel: WindowKernel, tile: TileSize): WindowPlan {
  const sizes = sizeWindow(kernel);
  const regions = regionsOf(kernel, sizes, tile);
  let bytes = 0;
  const place = (elements: number): number => {
    const offset = bytes;
    // Vectors may be read past the last element.
    if (elements > 0) bytes += roundUp((elements + tile.columns) * BYTES, LINE);
    return offset;
  };
  const offsets = {
    image: place(regions.image),
    values: place(regions.values),
    packed: place(regions.packed),
    result: place(regions.result),
  };
  return { ...sizes, offsets, bytes };
}

/** Bytes from one image, or one row of a kernel, to the next. */
export function rowBytes({ shape, dtype }: WindowKernel["inputs"][number]): number {
  return physicalStrides(shape, dtype)[0] * BYTES;
}
