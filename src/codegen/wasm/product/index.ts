/** @file Prints matrix products: strip by strip, each packed, multiplied tile by tile, and finished by its epilogue. */
import { expressionsOf, type ProductKernel, type Store } from "../../kernel.js";
import { FunctionBody, type Local } from "../assembler.js";
import type { Known, PrintContext } from "../expression.js";
import { emitStores, hoist, type Machine } from "../loop.js";
import { Nest } from "../nest.js";
import { packStrip } from "./pack.js";
import { LANES } from "../../layout.js";
import { BYTES, planProduct, type ProductPlan, type Segment } from "./plan.js";
import { printTile } from "./tile.js";

export { productScratch, productUnits } from "./plan.js";

/**
 * A product's functions: `main(begin, end, scratch)` calls the tile functions, whose indices begin at
 * `firstIndex`. Each thread brings scratch memory of its own.
 */
export interface PrintedProduct {
  readonly tiles: readonly FunctionBody[];
  readonly main: FunctionBody;
}

export interface ProductMachine extends Machine {
  readonly firstIndex: number;
  readonly tileRows: number;
}

export function printProduct(
  kernel: ProductKernel,
  name: string,
  machine: ProductMachine,
): PrintedProduct {
  const printer = new ProductPrinter(kernel, name, machine);
  printer.print();
  return printer;
}

class ProductPrinter implements PrintedProduct {
  readonly main: FunctionBody;
  readonly tiles: FunctionBody[] = [];
  readonly #plan: ProductPlan;
  readonly #nest: Nest;
  /** A store that keeps the product as it is needs no epilogue: tiles write straight into it. */
  readonly #direct: Store | undefined;
  /** Address of the packed operand, which the finished strip follows. */
  readonly #scratch: Local;

  constructor(
    readonly kernel: ProductKernel,
    readonly name: string,
    readonly machine: ProductMachine,
  ) {
    const { stores, space } = kernel;
    this.main = new FunctionBody(name, ["i32", "i32", "i32"]);
    this.#scratch = this.main.parameters[2];
    this.#plan = planProduct(kernel, machine.tileRows);
    this.#nest = new Nest(this.main, space, machine.addressOf);
    this.#direct =
      stores.length === 1 && stores[0].value.kind === "accumulated" ? stores[0] : undefined;
    this.#nest.declareAll(kernel);
  }

  print(): void {
    const { outer, segments } = this.#plan;
    const inner = outer === 0 ? 1 : 0;
    const nest = this.#nest;
    overUnits(nest, { axis: outer, segments: segments[outer] }, (size) => {
      this.#pack(size);
      for (const segment of segments[inner]) {
        const [rows, columns] = outer === 0 ? [size, segment.size] : [segment.size, size];
        const call = this.#tile(rows, columns);
        nest.loop(inner, { extent: segment.count, step: segment.size }, call);
        nest.skip(inner, segment.size * segment.count);
      }
      nest.skip(inner, -this.kernel.space[inner]);
      if (this.#direct === undefined) this.#epilogue(size);
    });
  }

  #pack(valid: number): void {
    const { kernel, machine } = this;
    const { outer, packedStep } = this.#plan;
    const operand = outer === 0 ? kernel.a : kernel.b;
    packStrip(this.main, {
      operand,
      address: machine.addressOf(operand.buffer),
      inner: kernel.inner,
      first: this.#nest.counter(outer),
      valid,
      target: this.#scratch,
      step: packedStep,
    });
  }

  /** Prints a tile function; returns what emits its call at the nest's place. */
  #tile(rows: number, columns: number): () => void {
    const { kernel, machine, main } = this;
    const { a, b } = kernel;
    const { outer, packedStep, stripRow } = this.#plan;
    const index = machine.firstIndex + this.tiles.length;
    const tile = {
      rows,
      vectors: Math.ceil(columns / LANES),
      inner: kernel.inner,
      a:
        outer === 0
          ? { row: BYTES, step: packedStep }
          : { row: a.outerStride * BYTES, step: a.innerStride * BYTES },
      b: { step: outer === 1 ? packedStep : b.innerStride * BYTES },
      resultRow: this.#direct === undefined ? stripRow : this.#direct.strides[0] * BYTES,
    };
    this.tiles.push(printTile(`${this.name}_tile_${index}`, tile, machine.target));
    return () => {
      const addressOf = (operand: typeof a, axis: 0 | 1): void => {
        if (axis === outer) main.get(this.#scratch);
        else
          this.#scaled(
            this.#nest.counter(axis),
            operand.outerStride * BYTES,
            machine.addressOf(operand.buffer),
          );
      };
      addressOf(a, 0);
      addressOf(b, 1);
      this.#resultAddress();
      main.call(index);
    };
  }

  #resultAddress(): void {
    const nest = this.#nest;
    if (this.#direct !== undefined) {
      this.main
        .get(nest.pointer(this.#direct))
        .i32(this.machine.addressOf(this.#direct.buffer))
        .op("i32.add");
      return;
    }
    const { outer, stripRow, packedBytes } = this.#plan;
    if (outer === 0) this.#scaled(nest.counter(1), BYTES, packedBytes);
    else this.#scaled(nest.counter(0), stripRow, packedBytes);
    this.main.get(this.#scratch).op("i32.add");
  }

  #scaled(local: Local, scale: number, base: number): void {
    this.main.get(local).i32(scale).op("i32.mul").i32(base).op("i32.add");
  }

  /** Goes over the finished strip row by row. */
  #epilogue(size: number): void {
    const { kernel, machine, main } = this;
    const { outer, segments, stripRow, packedBytes } = this.#plan;
    const nest = this.#nest;
    const row = main.local("i32");
    const element = main.local("i32");
    const context: PrintContext = {
      ...machine,
      body: main,
      nest,
      laneAxis: 1,
      randomWords: new Map(),
      emitAccumulated: (vector) =>
        void main.get(element).memory("v128.load", packedBytes + vector * LANES * BYTES),
    };
    const columns: readonly Segment[] = outer === 0 ? segments[1] : [{ size, count: 1 }];
    main.get(this.#scratch).set(row);
    nest.loop(0, { extent: outer === 0 ? size : kernel.space[0] }, () => {
      const known: Known = new Map();
      hoist(context, expressionsOf(kernel), known);
      main.get(row).set(element);
      for (const segment of columns) {
        nest.loop(1, { extent: segment.count, step: segment.size }, () => {
          for (let vector = 0; vector * LANES < segment.size; vector++) {
            emitStores(context, kernel.stores, { known: new Map(known), vector });
          }
          main
            .get(element)
            .i32(segment.size * BYTES)
            .op("i32.add")
            .set(element);
        });
        nest.skip(1, segment.size * segment.count);
      }
      nest.skip(1, -columns.reduce((sum, { size: width, count }) => sum + width * count, 0));
      main.get(row).i32(stripRow).op("i32.add").set(row);
    });
  }
}

/** Loops over the tiles of an axis whose numbers lie in the function's range [begin, end). */
export function overUnits(
  nest: Nest,
  { axis, segments }: { axis: number; segments: readonly Segment[] },
  inner: (size: number) => void,
): void {
  const { body } = nest;
  const [begin, end] = body.parameters;
  const unit = body.local("i32");
  const last = body.local("i32");
  let firstUnit = 0;
  let position = 0;
  for (const { size, count } of segments) {
    const offset = position;
    const base = firstUnit;
    pick(body, { value: end, bound: base + count, when: "i32.lt_u" });
    body.i32(base).op("i32.sub").set(last);
    pick(body, { value: begin, bound: base, when: "i32.gt_u" });
    body.i32(base).op("i32.sub").set(unit);
    body.get(unit).get(last).op("i32.lt_s");
    body.when(() => {
      nest.start();
      nest.moveTo(axis, { position: unit, scale: size });
      nest.skip(axis, offset);
      body.loopWhile(() => {
        inner(size);
        nest.skip(axis, size);
        body.get(unit).i32(1).op("i32.add").tee(unit).get(last).op("i32.lt_s");
      });
    });
    firstUnit += count;
    position += count * size;
  }
}

/** Leaves the value if it is below (or above) the bound, else the bound. */
function pick(
  body: FunctionBody,
  { value, bound, when }: { value: Local; bound: number; when: "i32.lt_u" | "i32.gt_u" },
): void {
  body.get(value).i32(bound).get(value).i32(bound).op(when).op("select");
}
