/** @file Prints matrix products: strip by strip, each packed, multiplied tile by tile, and finished by its epilogue. */
import type { ProductKernel, Store } from "../../kernel.js";
import { FunctionBody, type Local } from "../assembler.js";
import type { Machine } from "../loop.js";
import { Nest } from "../nest.js";
import { printEpilogue } from "./epilogue.js";
import { directStore } from "./direct.js";
import { packStrip } from "./pack.js";
import { LANES } from "../../layout.js";
import { BYTES, planProduct, type ProductPlan } from "./plan.js";
import { printTile } from "./tile.js";
import { overUnits } from "./units.js";

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
    this.#plan = planProduct(kernel, machine.tileRows);
    this.#nest = new Nest(this.main, kernel.space, machine.addressOf);
    this.#direct = directStore(kernel);
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

  #epilogue(size: number): void {
    const { kernel, machine } = this;
    const { outer, segments, stripRow, packedBytes } = this.#plan;
    printEpilogue(this.#nest, kernel, {
      machine,
      strip: { address: this.#scratch, offset: packedBytes, row: stripRow },
      rows: outer === 0 ? size : kernel.space[0],
      columns: outer === 0 ? segments[1] : [{ size, count: 1 }],
    });
  }
}
