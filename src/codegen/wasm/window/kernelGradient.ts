/**
 * @file conv2d's gradient in the kernel: rows of a tile are elements of a window, columns are outputs, the
 * inner axis is the windows of one image. Images are added up in order, whatever the thread.
 */
import type { Local } from "../assembler.js";
import { overUnits } from "../units.js";
import { BYTES, columnSegments, rowSegments, vectorsOf } from "../product/plan.js";
import type { TilePointers, WindowParts } from "./parts.js";
import { pixelLanes, rowBytes } from "./plan.js";
import { fill, sourceImage } from "./source.js";
import { each, mergeLevels, sweep, type Move } from "./sweep.js";
import { innerAxis, packRows, windowLevels, windowSteps } from "./tiles.js";

export function printKernelGradient(parts: WindowParts): void {
  const { kernel, main, nest, plan, tileSize } = parts;
  const [begin, end] = main.parameters;
  const columns = columnSegments(plan.outputs, tileSize.columns);
  const result = parts.fromResult(resultStrides(parts));
  nest.declare(result.access);
  main.get(begin).get(end).op("i32.lt_u");
  main.when(() => {
    addImages(parts);
    overUnits(nest, { axis: 3, segments: columns }, (width) => {
      nest.loop(0, { extent: kernel.space[0] }, () => {
        nest.loop(1, { extent: kernel.space[1] }, () => {
          nest.loop(2, { extent: kernel.space[2] }, () => {
            parts.row(result, width);
          });
        });
      });
    });
  });
}

function resultStrides({ kernel, plan }: WindowParts): number[] {
  const lanes = pixelLanes(plan.outputs);
  const { size } = kernel.windows;
  return [size[1] * plan.images[3] * lanes, plan.images[3] * lanes, lanes, 1];
}

/** Adds up all images, for the strips of columns that are this thread's. */
function addImages(parts: WindowParts): void {
  const { kernel, main, nest, plan, tileSize } = parts;
  const [x, upstream] = kernel.inputs;
  const source = sourceImage(parts, { part: "image" });
  fill(parts, "result", { elements: kernel.space[0] * resultStrides(parts)[0] });
  const from = parts.pointer(x);
  const gradient = parts.pointer(upstream);
  const moves: Move[] = [
    [from, rowBytes(x)],
    [gradient, rowBytes(upstream)],
  ];
  sweep(main, { segments: each(plan.images[0]), moves }, () => {
    const image = source(from);
    overUnits(
      nest,
      { axis: 3, segments: columnSegments(plan.outputs, tileSize.columns) },
      (width) => {
        const pointers = packStrip(parts, { gradient, width });
        main.get(image).set(pointers.a);
        overKernelRows(parts, pointers, (rows) => {
          addTile(parts, pointers, { rows, width });
        });
      },
    );
  });
}

/** Packs the results' gradient for the columns at which the nest stands. */
function packStrip(
  parts: WindowParts,
  { gradient, width }: { gradient: Local; width: number },
): TilePointers {
  const { main, nest, plan } = parts;
  const strip = main.local("i32");
  const b = parts.scratch("packed");
  const result = parts.scratch("result");
  const toColumn = (from: Local, to: Local): void => {
    main.get(nest.counter(3)).i32(BYTES).op("i32.mul").get(from).op("i32.add").set(to);
  };
  toColumn(gradient, strip);
  toColumn(result, result);
  const rows = {
    rows: plan.windows[0] * plan.windows[1],
    bytes: plan.outputs * BYTES,
    strip: parts.strip,
  };
  packRows(main, { from: strip, to: b, vectors: vectorsOf(width) }, rows);
  return { a: main.local("i32"), b, result };
}

/** Visits the rows of the kernel in tiles; a tile's rows are neighbours in the image. */
function overKernelRows(
  parts: WindowParts,
  { a, result }: TilePointers,
  tile: (rows: number) => void,
): void {
  const { tileSize, main, plan } = parts;
  const row = pixelLanes(plan.outputs) * BYTES;
  const [run, ...outer] = mergeLevels(windowLevels(parts));
  const segments = rowSegments(run.count, tileSize.rows);
  const moves: Move[] = [
    [a, run.bytes],
    [result, row],
  ];
  let emit = (): void => {
    sweep(main, { segments, moves }, tile);
  };
  let rowsInside = run.count;
  for (const { count, bytes } of outer) {
    const inside = emit;
    const outerMoves: Move[] = [
      [a, bytes],
      [result, rowsInside * row],
    ];
    emit = () => {
      sweep(main, { segments: each(count), moves: outerMoves }, inside);
    };
    rowsInside *= count;
  }
  emit();
}

function addTile(
  parts: WindowParts,
  pointers: TilePointers,
  { rows, width }: { rows: number; width: number },
): void {
  const { plan } = parts;
  const [down, across] = plan.windows;
  const [stepDown, stepAcross] = windowSteps(parts, plan.images[3]);
  const { inner, step, turns } = innerAxis([
    { count: across, bytes: stepAcross },
    { count: down, bytes: stepDown },
  ]);
  const [run] = mergeLevels(windowLevels(parts));
  const tile = {
    rows,
    inner,
    a: { row: run.bytes, step },
    b: { step: parts.strip },
    resultRow: pixelLanes(plan.outputs) * BYTES,
    turns,
    accumulate: true,
  };
  parts.tiles(tile, width, pointers);
}
