/**
 * @file Right-hand matrices in panels. Every strip of rows of a product reads the whole right-hand matrix, a
 * tile's columns at a time. In rows, these columns lie on as many pages as there are steps, of which
 * the nearest cache of addresses holds only some; in a panel they are neighbours. One more kernel
 * puts a matrix that many strips read into panels first.
 */
import type { Buffer, Kernel, LoopKernel, MatrixOperand, ProductKernel } from "../../kernel.js";
import { BYTES, outerAxis, planProduct, type TileSize } from "./plan.js";

/** A smaller matrix stays in the nearest cache, and its rows on few pages. */
const SMALLEST_BYTES = 2 ** 15;
/** So many strips make up for the way into panels. */
const FEWEST_STRIPS = 8;

/** The kernels, with those products reading panels that gain by it, after the kernels that make them. */
export function readPanels(kernels: readonly Kernel[], tile: TileSize): Kernel[] {
  return kernels.flatMap((kernel) => {
    if (kernel.kind !== "product" || kernel.byLibrary === true) return [kernel];
    return gainsByPanels(kernel, tile) ? intoPanels(kernel, tile) : [kernel];
  });
}

function gainsByPanels(kernel: ProductKernel, tile: TileSize): boolean {
  if (outerAxis(kernel) !== 0 || kernel.inner * kernel.space[1] * BYTES < SMALLEST_BYTES)
    return false;
  const strips = planProduct(kernel, tile).strips.reduce((sum, { count }) => sum + count, 0);
  return strips >= FEWEST_STRIPS;
}

/** A loop over [panel, step, column in the panel], and the product that reads what it stores. */
function intoPanels(kernel: ProductKernel, { columns }: TileSize): [LoopKernel, ProductKernel] {
  const { inner, b } = kernel;
  const panels = Math.ceil(kernel.space[1] / columns);
  const target: Buffer = {
    role: "temporary",
    name: `panels of ${b.buffer.name}`,
    shape: [panels * inner * columns],
    dtype: b.buffer.dtype,
  };
  const value = {
    kind: "load",
    buffer: b.buffer,
    strides: [columns * b.outerStride, b.innerStride, b.outerStride],
  } as const;
  const strides = [inner * columns, columns, 1];
  const pack: LoopKernel = {
    kind: "loop",
    space: [panels, inner, columns],
    stores: [{ buffer: target, value, strides }],
  };
  const operand: MatrixOperand = {
    buffer: target,
    outerStride: inner,
    innerStride: columns,
    inPanels: true,
  };
  return [pack, { ...kernel, b: operand }];
}
