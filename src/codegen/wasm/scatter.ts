/** @file Prints a scatter: rows of a tensor are added to the rows of the result that have their numbers. */
import type { Buffer, ScatterKernel } from "../kernel.js";
import { elementBytes, LANES, rowLength, rowStride } from "../layout.js";
import { FunctionBody } from "./assembler.js";
import type { Machine } from "./loop.js";

const ELEMENT = elementBytes("float32");
const VECTOR = LANES * ELEMENT;
/** Bytes of a row that are one unit of work: a cache line, so that threads seldom write into the same. */
const UNIT = 4 * VECTOR;

/** How rows are walked: those of a matrix in vectors, padding and all; those of a vector are its elements. */
interface Rows {
  /** Bytes that are summed of each. */
  readonly bytes: number;
  /** Bytes that are summed at a time. */
  readonly piece: number;
  /** Bytes from one to the next. */
  readonly step: number;
}

function rowsOf({ shape, dtype }: Buffer): Rows {
  const step = rowStride(shape, dtype) * ELEMENT;
  if (shape.length === 1) return { bytes: ELEMENT, piece: ELEMENT, step };
  return { bytes: Math.ceil(rowLength(shape) / LANES) * VECTOR, piece: VECTOR, step };
}

/** Units are columns, each of all rows: no sum is divided, and its order is that of the rows. */
export const scatterUnits = ({ source }: ScatterKernel): number =>
  Math.ceil(rowsOf(source).bytes / UNIT);

export function printScatter(
  kernel: ScatterKernel,
  name: string,
  { addressOf }: Machine,
): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32"]);
  const [begin, end] = body.parameters;
  body.get(begin).get(end).op("i32.lt_u");
  body.when(() => {
    const printer = new ScatterPrinter(body, kernel, addressOf);
    for (const target of kernel.targets) {
      printer.clear(target);
      printer.add(target);
    }
  });
  return body;
}

class ScatterPrinter {
  readonly #rows: Rows;
  /** Bytes from the beginning of a row, from the range's first to its last. */
  readonly #first;
  readonly #column;
  readonly #last;
  /** Bytes from the beginning of a target to a row. */
  readonly #row;

  constructor(
    readonly body: FunctionBody,
    readonly kernel: ScatterKernel,
    readonly addressOf: Machine["addressOf"],
  ) {
    const [begin, end] = body.parameters;
    this.#rows = rowsOf(kernel.source);
    this.#column = body.local("i32");
    this.#row = body.local("i32");
    this.#first = body.local("i32");
    this.#last = body.local("i32");
    const { bytes } = this.#rows;
    body.get(begin).i32(UNIT).op("i32.mul").set(this.#first);
    body.get(end).i32(UNIT).op("i32.mul").tee(this.#last).i32(bytes);
    // The last unit may be narrower.
    body.get(this.#last).i32(bytes).op("i32.lt_u").op("select").set(this.#last);
  }

  clear(target: Buffer): void {
    const { body } = this;
    const { step } = this.#rows;
    body.i32(0).set(this.#row);
    body.loopWhile(() => {
      this.#eachPiece(() => {
        body.get(this.#row).get(this.#column).op("i32.add").splatI32(0);
        this.#store(target);
      });
      body.get(this.#row).i32(step).op("i32.add").tee(this.#row);
      body.i32(target.shape[0] * step).op("i32.lt_u");
    });
  }

  add(target: Buffer): void {
    const { body, addressOf } = this;
    const { source, rows } = this.kernel;
    const { step } = this.#rows;
    const number = body.local("i32");
    const from = body.local("i32");
    const to = body.local("i32");
    body.i32(0).set(number).i32(0).set(from);
    body.loopWhile(() => {
      body.get(number).memory("i32.load", addressOf(rows)).i32(step).op("i32.mul").set(this.#row);
      this.#eachPiece(() => {
        body.get(this.#row).get(this.#column).op("i32.add").tee(to);
        body.get(to);
        this.#load(target);
        body.get(from).get(this.#column).op("i32.add");
        this.#load(source);
        body.op("f32x4.add");
        this.#store(target);
      });
      body.get(from).i32(step).op("i32.add").set(from);
      body.get(number).i32(ELEMENT).op("i32.add").tee(number);
      body.i32(rows.shape[0] * ELEMENT).op("i32.lt_u");
    });
  }

  #eachPiece(inner: () => void): void {
    const { body } = this;
    body.get(this.#first).set(this.#column);
    body.loopWhile(() => {
      inner();
      body.get(this.#column).i32(this.#rows.piece).op("i32.add").tee(this.#column);
      body.get(this.#last).op("i32.lt_u");
    });
  }

  get #isWhole(): boolean {
    return this.#rows.piece === VECTOR;
  }

  #load(buffer: Buffer): void {
    const name = this.#isWhole ? "v128.load" : "v128.load32_zero";
    this.body.memory(name, this.addressOf(buffer));
  }

  #store(buffer: Buffer): void {
    const offset = this.addressOf(buffer);
    if (this.#isWhole) this.body.memory("v128.store", offset);
    else this.body.memoryLane("v128.store32_lane", { offset, lane: 0 });
  }
}
