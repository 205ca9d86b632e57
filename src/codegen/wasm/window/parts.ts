/** @file The printing of one window kernel: its functions, pointers and epilogue. */
import {
  expressionsOf,
  sharedExpressions,
  type Buffer,
  type Store,
  type WindowKernel,
} from "../../kernel.js";
import { FunctionBody, type Local } from "../assembler.js";
import type { Known, PrintContext } from "../expression.js";
import { hoist, mayOverrun, printRow } from "../loop.js";
import { Nest } from "../nest.js";
import type { ProductMachine } from "../product/index.js";
import { LANES } from "../../layout.js";
import { BYTES, tilesAcross, type TileSize } from "../product/plan.js";
import { printTile, type Tile } from "../product/tile.js";
import { planWindow, rowBytes, type WindowPlan } from "./plan.js";

export type WindowMachine = ProductMachine;

/** Rows of a tile: with 6, V8 (11.3) keeps no tile in registers that walks through windows, or accumulates. */
const MOST_ROWS = 4;

/** The printing of one kernel: its main function, its tiles, and its plan. */
export class WindowParts {
  readonly main: FunctionBody;
  readonly tileFunctions: FunctionBody[] = [];
  readonly nest: Nest;
  readonly plan: WindowPlan;
  readonly tileSize: TileSize;
  /** Bytes of one row of a packed strip. */
  readonly strip: number;

  constructor(
    readonly kernel: WindowKernel,
    readonly name: string,
    readonly machine: WindowMachine,
  ) {
    this.main = new FunctionBody(name, ["i32", "i32", "i32"]);
    this.plan = planWindow(kernel, machine.tile);
    const { rows, columns } = machine.tile;
    this.tileSize = { rows: Math.min(rows, MOST_ROWS), columns };
    this.strip = columns * BYTES;
    this.nest = new Nest(this.main, kernel.space, machine.addressOf);
    this.nest.declareAll(kernel);
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

  /** Prints the tile functions for a strip's columns, and their calls here. */
  tiles(tile: Omit<Tile, "vectors">, columns: number, pointers: TilePointers): void {
    // A pixel's channels fill vectors, and other pixels follow them.
    for (const { first, vectors } of tilesAcross(columns, false)) {
      this.#tile({ ...tile, vectors }, pointers, first * BYTES);
    }
  }

  /** @param right - bytes from the pointers to the first column */
  #tile(tile: Tile, { a, b, result }: TilePointers, right: number): void {
    const name = `${this.name}_tile_${this.tileFunctions.length}`;
    const printed = printTile(name, tile, this.machine.target);
    this.tileFunctions.push(printed);
    this.main.get(a);
    for (const pointer of [b, result]) {
      this.main.get(pointer);
      if (right > 0) this.main.i32(right).op("i32.add");
    }
    this.main.call(printed);
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
      shared: sharedExpressions(kernel),
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

/** Left operand, packed right operand, and result of a tile. */
export interface TilePointers {
  readonly a: Local;
  readonly b: Local;
  readonly result: Local;
}

/** How the epilogue gets at the finished value. */
export interface Accumulated {
  /** The pointer that has to follow the nest. */
  readonly access?: Pick<Store, "buffer" | "strides">;
  readonly emit: (vector: number) => void;
}
