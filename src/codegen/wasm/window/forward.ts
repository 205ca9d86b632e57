/**
 * @file conv2d: a product whose tiles read the images where they lie, by loops inside the tile; no matrix
 * of patches is made. Rows are neighbouring windows, columns are outputs, the inner axis is the window.
 */
import { BYTES, columnSegments, vectorsOf } from "../product/plan.js";
import type { WindowParts } from "./parts.js";
import { pixelLanes, rowBytes } from "./plan.js";
import { sourceImage } from "./source.js";
import { each, sweep, type Move } from "./sweep.js";
import { innerAxis, overTiles, packRows, windowLevels, windowSteps } from "./tiles.js";

export function printForward(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const across = plan.windows[1];
  const lanes = pixelLanes(plan.outputs);
  const source = sourceImage(parts, { part: "image" });
  packKernel(parts);
  const from = main.local("i32");
  const a = main.local("i32");
  const pointers = { a, b: parts.scratch("packed"), result: parts.scratch("result") };
  const [stepDown, stepAcross] = windowSteps(parts, plan.images[3]);
  const { inner, step, turns } = innerAxis(windowLevels(parts));
  const moves = {
    column: [
      [pointers.b, depthOf(parts) * BYTES],
      [pointers.result, BYTES],
    ],
    down: [
      [a, stepDown],
      [pointers.result, across * lanes * BYTES],
    ],
    across: [
      [a, stepAcross],
      [pointers.result, lanes * BYTES],
    ],
  } as const;
  const image = (): void => {
    parts.toRow(from, kernel.inputs[0]);
    main.get(source(from)).set(a);
    overTiles(parts, { columns: plan.outputs, moves }, (rows, columns) => {
      const operands = { a: { row: stepAcross, step }, b: { step: parts.strip } };
      const tile = { rows, inner, turns, ...operands, resultRow: lanes * BYTES };
      parts.tiles(tile, columns, pointers);
    });
  };
  parts.overImages(image, parts.fromResult([0, across * lanes, lanes, 1]));
}

/** Elements of a window, with their channels. */
const depthOf = ({ kernel, plan }: WindowParts): number =>
  kernel.windows.size[0] * kernel.windows.size[1] * plan.images[3];

/** The kernel in strips of outputs, each with one row for each element of a window. */
function packKernel(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const [, weights] = kernel.inputs;
  const [height, width] = kernel.windows.size;
  const from = parts.pointer(weights);
  const to = parts.scratch("packed");
  const rows = width * plan.images[3];
  const byColumn: Move[] = [
    [from, BYTES],
    [to, depthOf(parts) * BYTES],
  ];
  const byRow: Move[] = [
    [from, rowBytes(weights)],
    [to, rows * parts.strip],
  ];
  const segments = columnSegments(plan.outputs, parts.tileSize.columns);
  sweep(main, { segments, moves: byColumn }, (columns) => {
    const strip = { from, to, vectors: vectorsOf(columns) };
    sweep(main, { segments: each(height), moves: byRow }, () => {
      packRows(main, strip, {
        rows,
        bytes: plan.outputs * BYTES,
        strip: parts.strip,
      });
    });
  });
}
