/** @file Prints convolutions and poolings: image by image, each finished by its epilogue while it is cached. */
import type { WindowName } from "../../../graph/index.js";
import type { WindowKernel } from "../../kernel.js";
import type { PrintedKernel } from "../printed.js";
import { columnSegments, type TileSize } from "../product/plan.js";
import { printForward } from "./forward.js";
import { printInputGradient } from "./inputGradient.js";
import { printKernelGradient } from "./kernelGradient.js";
import { WindowParts, type WindowMachine } from "./parts.js";
import { planWindow, sizeWindow } from "./plan.js";
import { printPool, printPoolGradient } from "./pooling.js";

const printers: Readonly<Record<WindowName, (parts: WindowParts) => void>> = {
  conv2d: printForward,
  conv2dInputGradient: printInputGradient,
  conv2dKernelGradient: printKernelGradient,
  maxPool: printPool,
  maxPoolGradient: printPoolGradient,
  sumPool: printPool,
  sumPoolGradient: printPoolGradient,
};

/** Like a product's, with the address of scratch memory as the last parameter of `main`. */
export function printWindow(
  kernel: WindowKernel,
  name: string,
  machine: WindowMachine,
): PrintedKernel {
  const parts = new WindowParts(kernel, name, machine);
  printers[kernel.name](parts);
  return { main: parts.main, pairs: parts.tileFunctions, others: [] };
}

/** Images are the units of work; those of a kernel's gradient are strips of its columns. */
export function windowUnits({ name, space }: WindowKernel, tile: TileSize): number {
  if (name !== "conv2dKernelGradient") return space[0];
  return columnSegments(space[3], tile.columns).reduce((sum, { count }) => sum + count, 0);
}

export function windowScratch(kernel: WindowKernel, tile: TileSize): number {
  return planWindow(kernel, tile).bytes;
}

/** Elements that its windows hold altogether, in a convolution once for each channel of the result. */
export function windowOperations(kernel: WindowKernel): number {
  const { images, windows, outputs } = sizeWindow(kernel);
  const { size } = kernel.windows;
  const elements = images[0] * windows[0] * windows[1] * size[0] * size[1] * images[3];
  return kernel.name.startsWith("conv2d") ? elements * outputs : elements;
}
