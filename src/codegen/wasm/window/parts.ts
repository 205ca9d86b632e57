/** @file What the printers of window kernels share: source images, strips, tiles and epilogues. */
import { expressionsOf, type Buffer, type Store, type WindowKernel } from "../../kernel.js";
import { FunctionBody, type Local } from "../assembler.js";
import type { Known, PrintContext } from "../expression.js";
import { hoist, mayOverrun, printRow } from "../loop.js";
import { Nest } from "../nest.js";
import type { ProductMachine } from "../product/index.js";
import { BYTES, LANES, TILE_COLUMNS } from "../product/plan.js";
import { printTile, type Tile } from "../product/tile.js";
import { isPadded, planWindow, rowBytes, type WindowPlan } from "./plan.js";
import { each, mergeLevels, sweep, type Level } from "./sweep.js";

export type WindowMachine = Omit<ProductMachine, "scratch">;

/** The printing of one kernel: its main function, its tiles, and its plan. */
export class WindowParts {
  readonly main: FunctionBody;
  readonly tiles: FunctionBody[] = [];
  readonly nest: Nest;
  readonly plan: WindowPlan;

  constructor(
    readonly kernel: WindowKernel,
    readonly name: string,
    readonly machine: WindowMachine,
  ) {
    this.main = new FunctionBody(name, ["i32", "i32", "i32"]);
    this.plan = planWindow(kernel);
    this.nest = new Nest(this.main, kernel.space, machine.addressOf);
    for (const e of expressionsOf(kernel)) if (e.kind === "load") this.nest.declare(e);
    for (const store of kernel.stores) this.nest.declare(store);
  }

  /** Sets a pointer to a part of scratch memory, whose address is the function's last parameter. */
  toScratch(pointer: Local, part: keyof WindowPlan["offsets"], offset = 0): void {
    const [, , scratch] = this.main.parameters;
    const bytes = this.plan.offsets[part] + offset;
    this.main.get(scratch).i32(bytes).op("i32.add").set(pointer);
  }

  /** A pointer to a part of scratch memory. */
  scratch(part: keyof WindowPlan["offsets"]): Local {
    const local = this.main.local("i32");
    this.toScratch(local, part);
    return local;
  }

  /** A pointer to the first row of a buffer. */
  pointer(buffer: Buffer): Local {
    const local = this.main.local("i32");
    this.main.i32(this.machine.addressOf(buffer)).set(local);
    return local;
  }

  /** Sets a pointer to the row of a buffer at which axis 0 of the nest stands. */
  toRow(pointer: Local, buffer: Buffer): void {
    this.main.get(this.nest.counter(0)).i32(rowBytes(buffer)).op("i32.mul");
    this.main.i32(this.machine.addressOf(buffer)).op("i32.add").set(pointer);
  }

  /** Prints a tile function; returns what emits its call. */
  tile(tile: Tile, [a, b, result]: readonly [Local, Local, Local]): () => void {
    const index = this.machine.firstIndex + this.tiles.length;
    this.tiles.push(printTile(`${this.name}_tile_${index}`, tile, this.machine.target));
    return () => this.main.get(a).get(b).get(result).call(index);
  }

  /** Runs over the kernel's images, then for each over the rows of its result. */
  overImages(image: () => void, accumulated: Accumulated): void {
    const { main, nest, kernel } = this;
    const [begin, end] = main.parameters;
    const { access } = accumulated;
    if (access !== undefined) nest.declare(access);
    nest.start();
    nest.loop(0, { extent: { begin, end } }, () => {
      image();
      nest.loop(1, { extent: kernel.space[1] }, () => {
        nest.loop(2, { extent: kernel.space[2] }, () => {
          this.row(accumulated, kernel.space[3]);
        });
      });
    });
  }

  /** The epilogue of `length` elements along the last axis, from where the nest stands. */
  row({ emit }: Accumulated, length: number): void {
    const { kernel, machine, main, nest } = this;
    const context: PrintContext = {
      ...machine,
      body: main,
      nest,
      laneAxis: 3,
      randomWords: new Map(),
      emitAccumulated: emit,
    };
    const known: Known = new Map();
    hoist(context, expressionsOf(kernel), known);
    const whole = length === kernel.space[3];
    const overrun = whole && mayOverrun(kernel.space, kernel.stores);
    printRow(context, { length, stores: kernel.stores, known, overrun });
  }

  /** What an epilogue reads from a result in scratch memory with these strides. */
  fromResult(strides: readonly number[], offset = 0): Required<Accumulated> {
    const access = { buffer: this.kernel.inputs[0], strides };
    const base = this.plan.offsets.result + offset * BYTES;
    const [, , scratch] = this.main.parameters;
    const emit = (vector: number): void =>
      void this.main
        .get(this.nest.pointer(access))
        .get(scratch)
        .op("i32.add")
        .memory("v128.load", base + vector * LANES * BYTES);
    return { access, emit };
  }
}

/** How the epilogue gets at the finished value. */
export interface Accumulated {
  /** The pointer that has to follow the nest. */
  readonly access?: Pick<Store, "buffer" | "strides">;
  readonly emit: (vector: number) => void;
}

/** Writes the same 32 bits all over a part of scratch memory. */
export function fill(
  parts: WindowParts,
  part: keyof WindowPlan["offsets"],
  { elements, bits = 0 }: { elements: number; bits?: number },
): void {
  const { main } = parts;
  const to = parts.scratch(part);
  sweep(
    main,
    { segments: each(Math.ceil(elements / LANES)), moves: [[to, LANES * BYTES]] },
    () => void main.get(to).splatI32(bits).memory("v128.store", 0),
  );
}

/** Copies floats one by one where whole vectors would write too far. */
function copyFloats(
  body: FunctionBody,
  { from, to }: { from: Local; to: Local },
  count: number,
): void {
  const moves = (bytes: number) =>
    [
      [from, bytes],
      [to, bytes],
    ] as const;
  const vectors = Math.floor(count / LANES);
  sweep(
    body,
    { segments: each(vectors), moves: moves(LANES * BYTES) },
    () => void body.get(to).get(from).memory("v128.load", 0).memory("v128.store", 0),
  );
  for (let i = vectors * LANES; i < count; i++) {
    body
      .get(to)
      .get(from)
      .memory("i32.load", i * BYTES)
      .memory("i32.store", i * BYTES);
  }
}

/**
 * Makes ready to read images with their padding. Returns what emits the address of the image that
 * `from` points at: the image itself where there is no padding, else a copy in scratch memory.
 */
export function sourceImage(
  parts: WindowParts,
  { part, bits = 0 }: { part: "image" | "values"; bits?: number },
): (from: Local) => Local {
  const { main, kernel, plan } = parts;
  if (!isPadded(kernel)) return (from) => from;
  const [, height, width, channels] = plan.images;
  const [top, , left] = kernel.windows.padding;
  fill(parts, part, { elements: plan.padded[0] * plan.padded[1] * channels, bits });
  const copy = parts.scratch(part);
  const to = main.local("i32");
  const row = main.local("i32");
  return (from) => {
    main.get(from).set(row);
    parts.toScratch(to, part, (top * plan.padded[1] + left) * channels * BYTES);
    const moves = [
      [row, width * channels * BYTES],
      [to, plan.padded[1] * channels * BYTES],
    ] as const;
    sweep(main, { segments: each(height), moves }, () => {
      copyFloats(main, { from: row, to }, width * channels);
    });
    return copy;
  };
}

/** Copies strips of columns of a matrix with contiguous rows: `vectors` of them from each row. */
export function packRows(
  body: FunctionBody,
  { from, to, vectors }: { from: Local; to: Local; vectors: number },
  { rows, bytes }: { rows: number; bytes: number },
): void {
  const moves = [
    [from, bytes],
    [to, TILE_COLUMNS * BYTES],
  ] as const;
  sweep(body, { segments: each(rows), moves }, () => {
    for (let vector = 0; vector < vectors; vector++) {
      const offset = vector * LANES * BYTES;
      body.get(to).get(from).memory("v128.load", offset).memory("v128.store", offset);
    }
  });
}

/** The inner axis of a tile whose left operand is read along these levels. */
export function innerAxis(levels: readonly Level[]): {
  inner: number;
  step: number;
  turns: Tile["turns"] & {};
} {
  const [first, ...rest] = mergeLevels(levels);
  let moved = first.count * first.bytes;
  const turns = rest.map(({ count, bytes }) => {
    const skip = bytes - moved;
    moved = count * bytes;
    return { count, skip };
  });
  return { inner: first.count, step: first.bytes, turns };
}
