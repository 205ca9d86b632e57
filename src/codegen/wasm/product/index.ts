/** @file Prints matrix products: strip by strip, each packed, multiplied tile by tile, and finished by its epilogue. */
import type { ProductKernel, Store } from "../../kernel.js";
import { FunctionBody, type Local } from "../assembler.js";
import type { Machine } from "../loop.js";
import type { PrintedKernel } from "../printed.js";
import { Nest } from "../nest.js";
import { directStore } from "./direct.js";
import { Epilogues } from "./epilogue.js";
import { packStrip } from "./pack.js";
import {
  BYTES,
  columnSegments,
  planProduct,
  rowSegments,
  tilesAcross,
  type ProductPlan,
  type Segment,
  type TileSize,
} from "./plan.js";
import { printTile } from "./tile.js";
import { overSegments, overUnits } from "../units.js";

export { productScratch, productUnits } from "./plan.js";

export interface ProductMachine extends Machine {
  readonly tile: TileSize;
}

export function printProduct(
  kernel: ProductKernel,
  name: string,
  machine: ProductMachine,
): PrintedKernel {
  const printer = new ProductPrinter(kernel, name, machine);
  printer.print();
  const { pairs, others } = printer.epilogues;
  return { main: printer.main, pairs: [...printer.tiles, ...pairs], others };
}

class ProductPrinter {
  readonly main: FunctionBody;
  readonly tiles: FunctionBody[] = [];
  readonly epilogues: Epilogues;
  readonly #plan: ProductPlan;
  readonly #nest: Nest;
  readonly #tileOf = new Map<string, FunctionBody>();
  /** Tiles write straight into it. */
  readonly #direct: Store | undefined;
  /** Address of the packed operand, which the finished strip follows. */
  readonly #scratch: Local;

  constructor(
    readonly kernel: ProductKernel,
    readonly name: string,
    readonly machine: ProductMachine,
  ) {
    this.main = new FunctionBody(name, ["i32", "i32", "i32"]);
    this.#scratch = this.main.parameters[2];
    this.#plan = planProduct(kernel, machine.tile);
    this.#nest = new Nest(this.main, kernel.space, machine.addressOf);
    this.#direct = directStore(kernel);
    if (this.#direct !== undefined) this.#nest.declare(this.#direct);
    this.epilogues = new Epilogues(kernel, name, machine);
  }

  print(): void {
    const { outer, strips } = this.#plan;
    overUnits(this.#nest, { axis: outer, segments: strips }, (size) => {
      if (this.#plan.packed !== "nothing") this.#pack(size);
      if (outer === 0) this.#rowStrip(size);
      else this.#columnStrip(size);
      if (this.#direct === undefined) this.#epilogue(size);
    });
  }

  /** For each tile's columns all rows of the strip, which find those columns in the nearest cache. */
  #rowStrip(size: number): void {
    const { kernel, machine } = this;
    const rows = placesOf(rowSegments(size, machine.tile.rows));
    const segments = columnSegments(kernel.space[1], machine.tile.columns);
    overSegments(this.#nest, { axis: 1, segments }, (columns) => {
      for (const { first, size: height } of rows) this.#callTiles(height, columns, first);
    });
  }

  /** For each tile's rows all columns of the strip, which find those rows in the nearest cache. */
  #columnStrip(size: number): void {
    const { kernel, machine } = this;
    const segments = rowSegments(kernel.space[0], machine.tile.rows);
    const columns = placesOf(columnSegments(size, machine.tile.columns));
    overSegments(this.#nest, { axis: 0, segments }, (rows) => {
      for (const { first, size: width } of columns) this.#callTiles(rows, width, first);
    });
  }

  #pack(valid: number): void {
    const { kernel, machine } = this;
    const { outer, packedStep, panelBytes } = this.#plan;
    const operand = outer === 0 ? kernel.a : kernel.b;
    packStrip(this.main, {
      operand,
      address: machine.addressOf(operand.buffer),
      inner: kernel.inner,
      first: this.#nest.counter(outer),
      valid,
      target: this.#scratch,
      step: packedStep,
      panelBytes,
    });
  }

  /** Emits the calls of the tiles at the nest's place, `first` rows or columns into the strip. */
  #callTiles(rows: number, columns: number, first: number): void {
    // A strip in scratch memory has room for whole tiles; past the end of a result lies its next row.
    const hasRoom = this.#direct === undefined;
    for (const across of tilesAcross(columns, hasRoom)) {
      this.#callTile({ rows, vectors: across.vectors }, first, across.first * BYTES);
    }
  }

  /** @param right - bytes from the nest's place to the tile's first column */
  #callTile(size: { rows: number; vectors: number }, first: number, right: number): void {
    const { kernel, machine, main } = this;
    const { a, b } = kernel;
    const { outer, packed, panelBytes, stripRow, packedBytes } = this.#plan;
    const nest = this.#nest;
    const inStrip = (offset: number): void => {
      main.get(this.#scratch);
      if (offset > 0) main.i32(offset).op("i32.add");
    };
    const row = a.outerStride * BYTES;
    const firstRow = outer === 0 ? first * row : 0;
    if (packed === "a") inStrip(first * BYTES);
    else this.#scaled(nest.counter(0), row, machine.addressOf(a.buffer) + firstRow);
    if (packed === "b") inStrip((first / machine.tile.columns) * panelBytes + right);
    else this.#scaled(nest.counter(1), b.outerStride * BYTES, machine.addressOf(b.buffer) + right);
    const direct = this.#direct;
    if (direct !== undefined) {
      const offset = first * direct.strides[outer] * BYTES + right;
      main.get(nest.pointer(direct)).i32(machine.addressOf(direct.buffer) + offset);
    } else {
      main.get(this.#scratch);
      const offset = packedBytes + right;
      if (outer === 0) this.#scaled(nest.counter(1), BYTES, offset + first * stripRow);
      else this.#scaled(nest.counter(0), stripRow, offset + first * BYTES);
    }
    main.op("i32.add").call(this.#tile(size));
  }

  /** A tile's function, which is printed when first asked for. */
  #tile({ rows, vectors }: { rows: number; vectors: number }): FunctionBody {
    const key = `${rows}x${vectors}`;
    const known = this.#tileOf.get(key);
    if (known !== undefined) return known;
    const { kernel, machine } = this;
    const { a, b } = kernel;
    const { packed, packedStep, stripRow } = this.#plan;
    const tile = {
      rows,
      vectors,
      inner: kernel.inner,
      a:
        packed === "a"
          ? { row: BYTES, step: packedStep }
          : { row: a.outerStride * BYTES, step: a.innerStride * BYTES },
      b: { step: packed === "b" ? packedStep : b.innerStride * BYTES },
      resultRow: this.#direct === undefined ? stripRow : this.#direct.strides[0] * BYTES,
    };
    const printed = printTile(`${this.name}_tile_${key}`, tile, machine.target);
    this.tiles.push(printed);
    this.#tileOf.set(key, printed);
    return printed;
  }

  #scaled(local: Local, scale: number, base: number): void {
    this.main.get(local).i32(scale).op("i32.mul").i32(base).op("i32.add");
  }

  #epilogue(size: number): void {
    const { outer, stripRow, packedBytes } = this.#plan;
    const { main } = this;
    main.get(this.#nest.counter(outer)).get(this.#scratch).i32(packedBytes).op("i32.add");
    main.call(this.epilogues.of({ outer, size, row: stripRow }));
  }
}

/** Each tile of some segments, with its first place. */
function placesOf(segments: readonly Segment[]): { first: number; size: number }[] {
  const sizes = segments.flatMap(({ size, count }) => Array.from({ length: count }, () => size));
  return sizes.map((size, i) => ({
    first: sizes.slice(0, i).reduce((sum, before) => sum + before, 0),
    size,
  }));
}
