/** @file Prints matrix products: a register tile of the result over the whole inner axis, then its epilogue. */
import { expressionsOf, type MatrixOperand, type ProductKernel, type Store } from "../kernel.js";
import { FunctionBody, type Local } from "./assembler.js";
import type { PrintContext } from "./expression.js";
import { emitStores, type Machine } from "./loop.js";
import { multiplyAdd } from "./math.js";
import { Nest } from "./nest.js";

const LANES = 4;
const BYTES = 4;
/** Columns of a panel: two vectors. */
const PANEL = 2 * LANES;

/** Bytes of scratch memory: one finished tile, then one packed panel of b. */
const TILE_BYTES = 512;

export function productScratch(kernel: ProductKernel): number {
  return TILE_BYTES + Math.ceil(kernel.inner / LANES) * LANES * PANEL * BYTES;
}

/** Panels of columns are the units of work. */
export function productUnits(kernel: ProductKernel): number {
  return Math.ceil(kernel.space[1] / PANEL);
}

/** A product's functions: `main` calls the tile functions, whose indices follow `firstIndex`. */
export interface PrintedProduct {
  readonly tiles: readonly FunctionBody[];
  readonly main: FunctionBody;
}

interface ProductContext {
  readonly kernel: ProductKernel;
  readonly machine: Machine;
  readonly scratch: number;
  /** Where the tile functions leave their result: in the scratch memory, or in the only store. */
  readonly direct: Store | undefined;
}

/**
 * Divides rows into tiles of at most `most`, as evenly as possible: a tile of one row would waste the
 * panel that it reads.
 */
export function rowTiles(rows: number, most: number): { rows: number; count: number }[] {
  const tiles = Math.ceil(rows / most);
  const low = Math.floor(rows / tiles);
  const high = rows - low * tiles;
  return [
    { rows: low + 1, count: high },
    { rows: low, count: tiles - high },
  ].filter(({ count }) => count > 0);
}

/** A store that keeps the product as it is needs no epilogue. */
function directStore(stores: readonly Store[]): Store | undefined {
  return stores.length === 1 && stores[0].value.kind === "accumulated" ? stores[0] : undefined;
}

export function printProduct(
  kernel: ProductKernel,
  name: string,
  machine: Machine & { scratch: number; firstIndex: number; tileRows: number },
): PrintedProduct {
  const context: ProductContext = {
    kernel,
    machine,
    scratch: machine.scratch,
    direct: directStore(kernel.stores),
  };
  const [rows, columns] = kernel.space;
  const tiles = rowTiles(rows, machine.tileRows);
  const functions: FunctionBody[] = [];
  const tileIndex = (tile: { rows: number; vectors: number }): number => {
    const index = machine.firstIndex + functions.length;
    functions.push(printTile(context, `${name}_tile_${index}`, tile));
    return index;
  };
  const main = new FunctionBody(name, ["i32", "i32"]);
  const nest = new Nest(main, kernel.space, machine.addressOf);
  for (const e of expressionsOf(kernel)) if (e.kind === "load") nest.declare(e);
  for (const store of kernel.stores) nest.declare(store);
  nest.start();
  const [begin, end] = main.parameters;
  const whole = Math.floor(columns / PANEL);
  const rest = columns - whole * PANEL;
  const panel = (vectors: number, valid: number): void => {
    const b = preparePanel(main, context, { column: nest.counter(1), valid });
    for (const { rows: height, count } of tiles) {
      const index = tileIndex({ rows: height, vectors });
      nest.loop(0, { extent: count, step: height }, () => {
        callTile(main, context, { nest, b, index });
        if (context.direct === undefined) printEpilogue(main, context, { nest, height, vectors });
      });
      nest.skip(0, count * height);
    }
    nest.skip(0, -rows);
  };
  panelRange(main, nest, { begin, end, whole }, () => {
    panel(2, PANEL);
  });
  if (rest > 0) {
    main.get(end).i32(whole).op("i32.gt_u");
    main.when(() => {
      nest.start();
      nest.skip(1, whole * PANEL);
      panel(Math.ceil(rest / LANES), rest);
    });
  }
  return { tiles: functions, main };
}

/** Loops over the whole panels in [begin, min(end, whole)). */
function panelRange(
  body: FunctionBody,
  nest: Nest,
  range: { begin: Local; end: Local; whole: number },
  inner: () => void,
): void {
  const panel = body.local("i32");
  const last = body.local("i32");
  body
    .get(range.end)
    .i32(range.whole)
    .get(range.end)
    .i32(range.whole)
    .op("i32.lt_u")
    .op("select")
    .set(last);
  body.get(range.begin).set(panel);
  nest.moveTo(1, { position: range.begin, scale: PANEL });
  body.get(panel).get(last).op("i32.lt_u");
  body.when(() => {
    body.loopWhile(() => {
      inner();
      nest.skip(1, PANEL);
      body.get(panel).i32(1).op("i32.add").tee(panel).get(last).op("i32.lt_u");
    });
  });
}

/** The address of b's panel in an i32 local, and the bytes from one of its rows to the next. */
interface Panel {
  readonly base: Local;
  readonly rowBytes: number;
}

const panelRowBytes = ({ kernel }: ProductContext): number =>
  kernel.b.outerStride === 1 ? kernel.b.innerStride * BYTES : PANEL * BYTES;

/** Rows that are contiguous along the columns are read in place; others are packed once a panel. */
function preparePanel(
  body: FunctionBody,
  context: ProductContext,
  { column, valid }: { column: Local; valid: number },
): Panel {
  const { kernel, machine, scratch } = context;
  const base = body.local("i32");
  const address = machine.addressOf(kernel.b.buffer);
  body
    .get(column)
    .i32(kernel.b.outerStride * BYTES)
    .op("i32.mul")
    .i32(address)
    .op("i32.add")
    .set(base);
  if (kernel.b.outerStride !== 1) {
    packPanel(body, kernel, { source: base, target: scratch + TILE_BYTES, valid });
    body.i32(scratch + TILE_BYTES).set(base);
  }
  return { base, rowBytes: panelRowBytes(context) };
}

/** Copies `valid` columns of b, which lie in its rows, into a panel [inner][8], four by four transposed. */
function packPanel(
  body: FunctionBody,
  { b, inner }: ProductKernel,
  { source, target, valid }: { source: Local; target: number; valid: number },
): void {
  const from = body.local("i32");
  const to = body.local("i32");
  const steps = Math.ceil(inner / LANES);
  body.get(source).set(from).i32(target).set(to);
  const vectors = Math.ceil(valid / LANES);
  const input = Array.from({ length: LANES }, () => body.local("v128"));
  const pairs = Array.from({ length: LANES }, () => body.local("v128"));
  body.loopWhile(() => {
    for (let vector = 0; vector < vectors; vector++) {
      input.forEach((local, lane) => {
        // Columns past the last are filled with copies of it: they must not be read, there is nothing.
        const column = Math.min(vector * LANES + lane, valid - 1);
        body
          .get(from)
          .memory("v128.load", column * b.outerStride * BYTES)
          .set(local);
      });
      transposeFour(body, input, pairs);
      input.forEach((local, k) => {
        body
          .get(to)
          .get(local)
          .memory("v128.store", (k * PANEL + vector * LANES) * BYTES);
      });
    }
    body
      .get(from)
      .i32(LANES * BYTES)
      .op("i32.add")
      .set(from);
    body
      .get(to)
      .i32(LANES * PANEL * BYTES)
      .op("i32.add")
      .tee(to);
    body.i32(target + steps * LANES * PANEL * BYTES).op("i32.lt_u");
  });
}

const words = (...lanes: number[]): number[] =>
  lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte));

/** Transposes four vectors in place; words 0-3 of a shuffle are the first operand, 4-7 the second. */
function transposeFour(body: FunctionBody, rows: readonly Local[], pairs: readonly Local[]): void {
  const interleave = (a: Local, b: Local, lanes: number[]): FunctionBody =>
    body.get(a).get(b).shuffle(lanes);
  interleave(rows[0], rows[1], words(0, 4, 1, 5)).set(pairs[0]);
  interleave(rows[0], rows[1], words(2, 6, 3, 7)).set(pairs[1]);
  interleave(rows[2], rows[3], words(0, 4, 1, 5)).set(pairs[2]);
  interleave(rows[2], rows[3], words(2, 6, 3, 7)).set(pairs[3]);
  interleave(pairs[0], pairs[2], words(0, 1, 4, 5)).set(rows[0]);
  interleave(pairs[0], pairs[2], words(2, 3, 6, 7)).set(rows[1]);
  interleave(pairs[1], pairs[3], words(0, 1, 4, 5)).set(rows[2]);
  interleave(pairs[1], pairs[3], words(2, 3, 6, 7)).set(rows[3]);
}

/** Calls the tile function with the addresses of a's rows, b's panel and the result. */
function callTile(
  body: FunctionBody,
  { kernel, machine, direct, scratch }: ProductContext,
  { nest, b, index }: { nest: Nest; b: Panel; index: number },
): void {
  const rowBytes = kernel.a.outerStride * BYTES;
  body
    .get(nest.counter(0))
    .i32(rowBytes)
    .op("i32.mul")
    .i32(machine.addressOf(kernel.a.buffer))
    .op("i32.add");
  body.get(b.base);
  if (direct === undefined) body.i32(scratch);
  else body.get(nest.pointer(direct)).i32(machine.addressOf(direct.buffer)).op("i32.add");
  body.call(index);
}

/**
 * The inner loop, in a function of its own and in one plain form: V8 keeps all of it in registers only
 * if there is a single loop, not unrolled, and the accumulators are stored in order afterwards.
 */
function printTile(
  context: ProductContext,
  name: string,
  { rows, vectors }: { rows: number; vectors: number },
): FunctionBody {
  const { kernel, machine, direct } = context;
  const body = new FunctionBody(name, ["i32", "i32", "i32"]);
  const [a, b, result] = body.parameters;
  const accumulators = Array.from({ length: rows * vectors }, () => body.local("v128"));
  const columns = Array.from({ length: vectors }, () => body.local("v128"));
  const element = body.local("v128");
  const end = body.local("i32");
  const bRow = panelRowBytes(context);
  body
    .get(b)
    .i32(kernel.inner * bRow)
    .op("i32.add")
    .set(end);
  body.loopWhile(() => {
    columns.forEach((column, v) =>
      body
        .get(b)
        .memory("v128.load", v * LANES * BYTES)
        .set(column),
    );
    for (let i = 0; i < rows; i++) {
      body
        .get(a)
        .memory("v128.load32_splat", i * kernel.a.outerStride * BYTES)
        .set(element);
      columns.forEach((column, v) => {
        const accumulator = accumulators[i * vectors + v];
        body.get(element).get(column).get(accumulator);
        multiplyAdd(body, machine.target);
        body.set(accumulator);
      });
    }
    advance(body, a, kernel.a);
    body.get(b).i32(bRow).op("i32.add").tee(b).get(end).op("i32.ne");
  });
  const resultRow = direct === undefined ? PANEL * BYTES : direct.strides[0] * BYTES;
  accumulators.forEach((accumulator, index) => {
    const offset = Math.floor(index / vectors) * resultRow + (index % vectors) * LANES * BYTES;
    body.get(result).get(accumulator).memory("v128.store", offset);
  });
  return body;
}

function advance(body: FunctionBody, pointer: Local, { innerStride }: MatrixOperand): void {
  body
    .get(pointer)
    .i32(innerStride * BYTES)
    .op("i32.add")
    .set(pointer);
}

/** Reads the finished tile row by row and stores what the epilogue makes of it. */
function printEpilogue(
  body: FunctionBody,
  { kernel, machine, scratch }: ProductContext,
  { nest, height, vectors }: { nest: Nest; height: number; vectors: number },
): void {
  const row = body.local("i32");
  const context: PrintContext = {
    ...machine,
    body,
    nest,
    laneAxis: 1,
    randomWords: new Map(),
    emitAccumulated: (vector) =>
      void body.get(row).memory("v128.load", scratch + vector * LANES * BYTES),
  };
  body.i32(0).set(row);
  body.loopWhile(() => {
    for (let vector = 0; vector < vectors; vector++) {
      emitStores(context, kernel.stores, { known: new Map(), vector });
    }
    nest.skip(0, 1);
    body
      .get(row)
      .i32(PANEL * BYTES)
      .op("i32.add")
      .tee(row);
    body.i32(height * PANEL * BYTES).op("i32.lt_u");
  });
  nest.skip(0, -height);
}
