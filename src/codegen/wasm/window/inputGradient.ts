/**
 * @file conv2d's gradient in x: for each element of a window, the product of the results' gradient with
 * that row of the kernel is added to the pixels that the element fell on.
 */
import type { Local } from "../assembler.js";
import { LANES } from "../../layout.js";
import { BYTES, columnSegments, vectorsOf } from "../product/plan.js";
import type { TilePointers, WindowParts } from "./parts.js";
import { pixelLanes, rowBytes } from "./plan.js";
import { fill } from "./source.js";
import { each, sweep, type Move } from "./sweep.js";
import { overTiles, windowSteps } from "./tiles.js";

export function printInputGradient(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const [top, , left] = kernel.windows.padding;
  const lanes = pixelLanes(plan.images[3]);
  packTransposedKernel(parts);
  const pointers = {
    a: main.local("i32"),
    b: parts.scratch("packed"),
    result: parts.scratch("result"),
  };
  const image = (): void => {
    fill(parts, "result", { elements: plan.padded[0] * plan.padded[1] * lanes });
    parts.toRow(pointers.a, kernel.inputs[0]);
    overElements(parts, [pointers.b, pointers.result], () => {
      addElement(parts, pointers);
    });
  };
  const strides = [0, plan.padded[1] * lanes, lanes, 1];
  parts.overImages(image, parts.fromResult(strides, (top * plan.padded[1] + left) * lanes));
}

/** Visits the elements of a window, each with its own packed rows and its first pixel. */
function overElements(
  { main, kernel, plan, tileSize, strip }: WindowParts,
  [b, result]: readonly [Local, Local],
  inner: () => void,
): void {
  const { size, dilation } = kernel.windows;
  const strips = columnSegments(plan.images[3], tileSize.columns).reduce(
    (sum, { count }) => sum + count,
    0,
  );
  const packed = strips * plan.outputs * strip;
  const pixel = pixelLanes(plan.images[3]) * BYTES;
  const down: Move[] = [
    [b, size[1] * packed],
    [result, dilation[0] * plan.padded[1] * pixel],
  ];
  const across: Move[] = [
    [b, packed],
    [result, dilation[1] * pixel],
  ];
  sweep(main, { segments: each(size[0]), moves: down }, () => {
    sweep(main, { segments: each(size[1]), moves: across }, inner);
  });
}

/** Adds the product for one element of the windows to the image. */
function addElement(parts: WindowParts, pointers: TilePointers): void {
  const { plan } = parts;
  const { a, b, result } = pointers;
  const pixel = plan.outputs * BYTES;
  const [stepDown, stepAcross] = windowSteps(parts, pixelLanes(plan.images[3]));
  const moves = {
    column: [
      [b, pixel],
      [result, BYTES],
    ],
    down: [
      [a, plan.windows[1] * pixel],
      [result, stepDown],
    ],
    across: [
      [a, pixel],
      [result, stepAcross],
    ],
  } as const;
  overTiles(parts, { columns: plan.images[3], moves }, (rows, columns) => {
    const operands = { a: { row: pixel, step: BYTES }, b: { step: parts.strip } };
    const inner = plan.outputs;
    const tile = { rows, inner, ...operands, resultRow: stepAcross, accumulate: true };
    parts.tiles(tile, columns, pointers);
  });
}

/** For each element of a window, strips of inputs, each with one row for each output. */
function packTransposedKernel(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const [, weights] = kernel.inputs;
  const [height, width] = kernel.windows.size;
  const [, , , channels] = plan.images;
  const from = parts.pointer(weights);
  const row = main.local("i32");
  const to = parts.scratch("packed");
  const pixel = plan.outputs * BYTES;
  const segments = columnSegments(channels, parts.tileSize.columns);
  sweep(main, { segments: each(height), moves: [[from, rowBytes(weights)]] }, () => {
    main.get(from).set(row);
    sweep(main, { segments: each(width), moves: [[row, channels * pixel]] }, () => {
      sweep(main, { segments, moves: [[row, pixel]] }, (columns) => {
        sweep(main, { segments: each(plan.outputs), moves: [[row, BYTES]] }, () => {
          gatherColumns(parts, { row, to, columns });
          main.get(to).i32(parts.strip).op("i32.add").set(to);
        });
      });
    });
  });
}

/** Writes side by side what lies one row of the kernel apart. */
function gatherColumns(
  { main, plan }: WindowParts,
  { row, to, columns }: { row: Local; to: Local; columns: number },
): void {
  const values = main.local("v128");
  for (let vector = 0; vector < vectorsOf(columns); vector++) {
    for (let lane = 0; lane < LANES; lane++) {
      // There is nothing past the last input: it fills the vector.
      const offset = Math.min(vector * LANES + lane, columns - 1) * plan.outputs * BYTES;
      main.get(row);
      if (lane === 0) main.memory("v128.load32_zero", offset);
      else main.get(values).memoryLane("v128.load32_lane", { offset, lane });
      main.set(values);
    }
    main
      .get(to)
      .get(values)
      .memory("v128.store", vector * LANES * BYTES);
  }
}
