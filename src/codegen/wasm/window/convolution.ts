/**
 * @file Convolutions as products of tiles that read the images where they lie: no matrix of patches is
 * made. The left operand walks through an image by loops inside the tile; the right one is packed.
 */
import type { Local } from "../assembler.js";
import { BYTES, columnSegments, LANES, rowSegments, TILE_COLUMNS } from "../product/plan.js";
import { overUnits } from "../product/index.js";
import { fill, innerAxis, packRows, sourceImage, type WindowParts } from "./parts.js";
import { pixelLanes, rowBytes } from "./plan.js";
import { each, mergeLevels, sweep, type Level } from "./sweep.js";

const STRIP = TILE_COLUMNS * BYTES;

/** From element to element of a window in an image, in the order of the kernel's rows. */
function windowLevels({ kernel, plan }: WindowParts): Level[] {
  const { size, dilation } = kernel.windows;
  const pixel = plan.images[3] * BYTES;
  return [
    { count: plan.images[3], bytes: BYTES },
    { count: size[1], bytes: dilation[1] * pixel },
    { count: size[0], bytes: dilation[0] * plan.padded[1] * pixel },
  ];
}

/** Bytes from window to window in an image with `lanes` elements a pixel, down and across. */
function windowSteps({ kernel, plan }: WindowParts, lanes: number): readonly [number, number] {
  const { strides } = kernel.windows;
  return [strides[0] * plan.padded[1] * lanes * BYTES, strides[1] * lanes * BYTES];
}

/** y: rows of a tile are neighbouring windows, columns are outputs, the inner axis is the window. */
export function printForward(parts: WindowParts): void {
  const { kernel, machine, main, plan } = parts;
  const [x] = kernel.inputs;
  const [down, across] = plan.windows;
  const lanes = pixelLanes(plan.outputs);
  const { inner, step, turns } = innerAxis(windowLevels(parts));
  const depth = kernel.windows.size[0] * kernel.windows.size[1] * plan.images[3];
  const source = sourceImage(parts, { part: "image" });
  packKernel(parts);
  const from = main.local("i32");
  const a = main.local("i32");
  const b = parts.scratch("packed");
  const result = parts.scratch("result");
  const [stepDown, stepAcross] = windowSteps(parts, plan.images[3]);
  const image = (): void => {
    parts.toRow(from, x);
    main.get(source(from)).set(a);
    const columnMoves = [
      [b, depth * BYTES],
      [result, BYTES],
    ] as const;
    sweep(main, { segments: columnSegments(plan.outputs), moves: columnMoves }, (columns) => {
      const vectors = Math.ceil(columns / LANES);
      const downMoves = [
        [a, stepDown],
        [result, across * lanes * BYTES],
      ] as const;
      sweep(main, { segments: each(down), moves: downMoves }, () => {
        const segments = rowSegments(across, machine.tileRows);
        const moves = [
          [a, stepAcross],
          [result, lanes * BYTES],
        ] as const;
        sweep(main, { segments, moves }, (rows) => {
          const tile = {
            rows,
            vectors,
            inner,
            a: { row: stepAcross, step },
            b: { step: STRIP },
            resultRow: lanes * BYTES,
            turns,
          };
          parts.tile(tile, [a, b, result])();
        });
      });
    });
  };
  parts.overImages(image, parts.fromResult([0, across * lanes, lanes, 1]));
}

/** The kernel in strips of outputs, each with one row for each element of a window. */
function packKernel(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const [, weights] = kernel.inputs;
  const [height, width] = kernel.windows.size;
  const from = parts.pointer(weights);
  const to = parts.scratch("packed");
  const rows = width * plan.images[3];
  const columnMoves = [
    [from, BYTES],
    [to, height * rows * BYTES],
  ] as const;
  sweep(main, { segments: columnSegments(plan.outputs), moves: columnMoves }, (columns) => {
    const moves = [
      [from, rowBytes(weights)],
      [to, rows * STRIP],
    ] as const;
    sweep(main, { segments: each(height), moves }, () => {
      const strip = { from, to, vectors: Math.ceil(columns / LANES) };
      packRows(main, strip, { rows, bytes: plan.outputs * BYTES });
    });
  });
}

/**
 * The gradient in x: for each element of a window, the product of the results' gradient with that row
 * of the kernel is added to the pixels that the element fell on.
 */
export function printInputGradient(parts: WindowParts): void {
  const { kernel, machine, main, plan } = parts;
  const [upstream] = kernel.inputs;
  const [, , , channels] = plan.images;
  const { size, dilation, padding } = kernel.windows;
  const lanes = pixelLanes(channels);
  const [down, across] = plan.windows;
  const [stepDown, stepAcross] = windowSteps(parts, lanes);
  packTransposedKernel(parts);
  const a = main.local("i32");
  const b = parts.scratch("packed");
  const result = parts.scratch("result");
  const pixel = plan.outputs * BYTES;
  const columns = columnSegments(channels);
  const tapBytes = columns.reduce((sum, { count }) => sum + count, 0) * plan.outputs * STRIP;
  const image = (): void => {
    const elements = plan.padded[0] * plan.padded[1] * lanes;
    fill(parts, "result", { elements });
    parts.toRow(a, upstream);
    const tapMoves = (axis: 0 | 1) =>
      [
        [b, axis === 0 ? size[1] * tapBytes : tapBytes],
        [result, dilation[axis] * (axis === 0 ? plan.padded[1] : 1) * lanes * BYTES],
      ] as const;
    const columnMoves = [
      [b, pixel],
      [result, BYTES],
    ] as const;
    const downMoves = [
      [a, across * pixel],
      [result, stepDown],
    ] as const;
    const acrossMoves = [
      [a, pixel],
      [result, stepAcross],
    ] as const;
    const tileAt = (rows: number, width: number): void => {
      const tile = {
        rows,
        vectors: Math.ceil(width / LANES),
        inner: plan.outputs,
        a: { row: pixel, step: BYTES },
        b: { step: STRIP },
        resultRow: stepAcross,
        accumulate: true,
      };
      parts.tile(tile, [a, b, result])();
    };
    sweep(main, { segments: each(size[0]), moves: tapMoves(0) }, () => {
      sweep(main, { segments: each(size[1]), moves: tapMoves(1) }, () => {
        sweep(main, { segments: columns, moves: columnMoves }, (width) => {
          sweep(main, { segments: each(down), moves: downMoves }, () => {
            const segments = rowSegments(across, machine.tileRows);
            sweep(main, { segments, moves: acrossMoves }, (rows) => {
              tileAt(rows, width);
            });
          });
        });
      });
    });
  };
  const strides = [0, plan.padded[1] * lanes, lanes, 1];
  const offset = (padding[0] * plan.padded[1] + padding[2]) * lanes;
  parts.overImages(image, parts.fromResult(strides, offset));
}

/** For each element of a window, strips of inputs, each with one row for each output. */
function packTransposedKernel(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const [, weights] = kernel.inputs;
  const [height, width] = kernel.windows.size;
  const from = parts.pointer(weights);
  const row = main.local("i32");
  const to = parts.scratch("packed");
  const values = main.local("v128");
  const pixel = plan.outputs * BYTES;
  sweep(main, { segments: each(height), moves: [[from, rowBytes(weights)]] }, () => {
    main.get(from).set(row);
    sweep(main, { segments: each(width), moves: [[row, plan.images[3] * pixel]] }, () => {
      sweep(
        main,
        { segments: columnSegments(plan.images[3]), moves: [[row, pixel]] },
        (columns) => {
          sweep(main, { segments: each(plan.outputs), moves: [[row, BYTES]] }, () => {
            for (let lane = 0; lane < Math.ceil(columns / LANES) * LANES; lane++) {
              // There is nothing past the last input: it fills the vector.
              const offset = Math.min(lane, columns - 1) * pixel;
              main.get(row);
              if (lane % LANES === 0) main.memory("v128.load32_zero", offset);
              else main.get(values).memoryLane("v128.load32_lane", { offset, lane: lane % LANES });
              main.set(values);
              if (lane % LANES < LANES - 1) continue;
              main
                .get(to)
                .get(values)
                .memory("v128.store", (lane - LANES + 1) * BYTES);
            }
            main.get(to).i32(STRIP).op("i32.add").set(to);
          });
        },
      );
    });
  });
}

/**
 * The gradient in the kernel: rows of a tile are elements of a window, columns are outputs, the inner
 * axis is the windows of one image. Images are added up in order, whatever the thread.
 */
export function printKernelGradient(parts: WindowParts): void {
  const { kernel, main, nest, plan } = parts;
  const [x, upstream] = kernel.inputs;
  const [begin, end] = main.parameters;
  const lanes = pixelLanes(plan.outputs);
  const columns = columnSegments(plan.outputs);
  const result = parts.fromResult(resultStrides(parts));
  nest.declare(result.access);
  main.get(begin).get(end).op("i32.lt_u");
  main.when(() => {
    const source = sourceImage(parts, { part: "image" });
    const depth = kernel.windows.size[0] * kernel.windows.size[1] * plan.images[3];
    fill(parts, "result", { elements: depth * lanes });
    const from = parts.pointer(x);
    const gradient = parts.pointer(upstream);
    const moves = [
      [from, rowBytes(x)],
      [gradient, rowBytes(upstream)],
    ] as const;
    sweep(main, { segments: each(plan.images[0]), moves }, () => {
      const image = source(from);
      overUnits(nest, { axis: 3, segments: columns }, (width) => {
        addImage(parts, { image, gradient, width });
      });
    });
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

/** Adds what one image gives to a strip of columns. */
function addImage(
  parts: WindowParts,
  { image, gradient, width }: { image: Local; gradient: Local; width: number },
): void {
  const { machine, main, nest, plan } = parts;
  const [down, across] = plan.windows;
  const lanes = pixelLanes(plan.outputs);
  const vectors = Math.ceil(width / LANES);
  const a = main.local("i32");
  const strip = main.local("i32");
  const b = parts.scratch("packed");
  const result = parts.scratch("result");
  const toColumn = (from: Local, to: Local): void => {
    main.get(nest.counter(3)).i32(BYTES).op("i32.mul").get(from).op("i32.add").set(to);
  };
  toColumn(gradient, strip);
  toColumn(result, result);
  const rows = { rows: down * across, bytes: plan.outputs * BYTES };
  packRows(main, { from: strip, to: b, vectors }, rows);
  main.get(image).set(a);
  const [stepDown, stepAcross] = windowSteps(parts, plan.images[3]);
  const { inner, step, turns } = innerAxis([
    { count: across, bytes: stepAcross },
    { count: down, bytes: stepDown },
  ]);
  const [run, ...outer] = mergeLevels(windowLevels(parts));
  const segments = rowSegments(run.count, machine.tileRows);
  const moves = [
    [a, run.bytes],
    [result, lanes * BYTES],
  ] as const;
  const tiles = (): void => {
    sweep(main, { segments, moves }, (size) => {
      const tile = {
        rows: size,
        vectors,
        inner,
        a: { row: run.bytes, step },
        b: { step: STRIP },
        resultRow: lanes * BYTES,
        turns,
        accumulate: true,
      };
      parts.tile(tile, [a, b, result])();
    });
  };
  let rowsInside = run.count;
  let emit = tiles;
  for (const { count, bytes } of outer) {
    const inside = emit;
    const outerMoves = [
      [a, bytes],
      [result, rowsInside * lanes * BYTES],
    ] as const;
    emit = () => {
      sweep(main, { segments: each(count), moves: outerMoves }, inside);
    };
    rowsInside *= count;
  }
  emit();
}
