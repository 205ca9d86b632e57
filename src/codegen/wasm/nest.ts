/**
 * @file Loops over an index space, with one pointer for each distinct set of strides. Pointers move
 * by additions alone: forward at the end of an iteration, back when the loop is done.
 */
import type { Shape } from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import { expressionsOf, type LoadExpression, type SpaceKernel } from "../kernel.js";
import { elementBytes } from "../layout.js";
import type { FunctionBody, Local } from "./assembler.js";

/** Byte strides of one access, one for each axis of the space. */
type ByteStrides = readonly number[];

interface Pointer {
  readonly local: Local;
  readonly strides: ByteStrides;
  readonly gather?: GatherPointer;
}

/** A gather's rows: they are looked up as axis 0 steps, whichever axes run outside it. */
interface GatherPointer {
  /** Address of the row numbers. */
  readonly rows: number;
  /** Bytes from row to row of the table. */
  readonly stride: number;
  /** What the axes but 0 have moved: `local` is this plus the row. */
  readonly moved: Local;
}

/** How far a loop runs: a constant count from 0, or a range held in two locals. */
export type Extent = number | { readonly begin: Local; readonly end: Local };

export class Nest {
  readonly #pointers = new Map<string, Pointer>();
  readonly #counters: Local[];

  constructor(
    readonly body: FunctionBody,
    readonly space: Shape,
    readonly addressOf: (buffer: LoadExpression["buffer"]) => number,
  ) {
    this.#counters = space.map(() => body.local("i32"));
  }

  /** Declares everything that a kernel reads and writes at a point of the space. */
  declareAll(kernel: SpaceKernel): void {
    for (const e of expressionsOf(kernel)) if (e.kind === "load") this.declare(e);
    for (const store of kernel.stores) this.declare(store);
  }

  /** Declares an access before the loops begin. */
  declare(access: Pick<LoadExpression, "buffer" | "strides" | "gather">): void {
    const key = this.#key(access);
    if (this.#pointers.has(key)) return;
    const bytes = elementBytes(access.buffer.dtype);
    const strides = access.strides.map((stride) => stride * bytes);
    const local = this.body.local("i32");
    if (access.gather === undefined) this.#pointers.set(key, { local, strides });
    else {
      const { rows, stride } = access.gather;
      const moved = this.body.local("i32");
      const gather = { rows: this.addressOf(rows), stride: stride * bytes, moved };
      this.#pointers.set(key, { local, strides, gather });
    }
  }

  /** The pointer of a declared access; the buffer's address is added as an immediate. */
  pointer(access: Pick<LoadExpression, "buffer" | "strides" | "gather">): Local {
    const pointer = this.#pointers.get(this.#key(access));
    if (pointer === undefined) throw new InternalError("An access was not declared.");
    return pointer.local;
  }

  counter(axis: number): Local {
    return this.#counters[axis];
  }

  /** Sets all pointers and counters to the origin. */
  start(): void {
    for (const { local, gather } of this.#pointers.values()) {
      this.body.i32(0).set(local);
      if (gather !== undefined) this.body.i32(0).set(gather.moved);
    }
    for (const counter of this.#counters) this.body.i32(0).set(counter);
  }

  /**
   * Repeats `inner` along an axis, `step` elements at a time. After a constant count, pointers and
   * counter stand where they stood; after a range, which counts in steps from the origin, they do not.
   */
  loop(
    axis: number,
    { extent, step = 1 }: { extent: Extent; step?: number },
    inner: () => void,
  ): void {
    if (typeof extent !== "number") this.#range(axis, { ...extent, step }, inner);
    else if (extent === 1) this.#iteration(axis, inner);
    else if (extent > 1) {
      const left = this.body.local("i32");
      this.body.i32(extent).set(left);
      this.body.loopWhile(() => {
        this.#iteration(axis, inner);
        this.skip(axis, step);
        this.body.get(left).i32(1).op("i32.sub").tee(left);
      });
      this.skip(axis, -extent * step);
    }
  }

  /** Moves along an axis by a constant, for the rest after a loop. */
  skip(axis: number, by: number): void {
    if (by === 0) return;
    this.#advance(axis, by);
    this.body.get(this.#counters[axis]).i32(by).op("i32.add").set(this.#counters[axis]);
  }

  /** Stands at `position * scale` along an axis, from the origin. */
  moveTo(axis: number, { position, scale }: { position: Local; scale: number }): void {
    this.#shift(axis, (stride) => {
      this.body
        .get(position)
        .i32(stride * scale)
        .op("i32.mul");
    });
    this.body.get(position).i32(scale).op("i32.mul").set(this.#counters[axis]);
  }

  #range(
    axis: number,
    { begin, end, step }: { begin: Local; end: Local; step: number },
    inner: () => void,
  ): void {
    const position = this.body.local("i32");
    this.body.get(begin).tee(position).get(end).op("i32.lt_u");
    this.body.when(() => {
      this.moveTo(axis, { position, scale: step });
      this.body.loopWhile(() => {
        this.#iteration(axis, inner);
        this.skip(axis, step);
        this.body.get(position).i32(1).op("i32.add").tee(position).get(end).op("i32.lt_u");
      });
    });
  }

  /** Gathers look up their row anew at each step along axis 0. */
  #iteration(axis: number, inner: () => void): void {
    for (const { local, gather } of this.#pointers.values()) {
      if (gather === undefined || axis !== 0) continue;
      this.body.get(this.#counters[0]).i32(2).op("i32.shl");
      this.body.memory("i32.load", gather.rows).i32(gather.stride).op("i32.mul");
      this.body.get(gather.moved).op("i32.add").set(local);
    }
    inner();
  }

  #advance(axis: number, by: number): void {
    this.#shift(axis, (stride) => void this.body.i32(stride * by));
  }

  /** Adds to every pointer what `emitBytes` leaves on the stack for its stride. */
  #shift(axis: number, emitBytes: (stride: number) => void): void {
    for (const { local, strides, gather } of this.#pointers.values()) {
      if (strides[axis] === 0) continue;
      for (const moving of gather === undefined ? [local] : [local, gather.moved]) {
        this.body.get(moving);
        emitBytes(strides[axis]);
        this.body.op("i32.add").set(moving);
      }
    }
  }

  #key({ buffer, strides, gather }: Pick<LoadExpression, "buffer" | "strides" | "gather">): string {
    const rows = gather === undefined ? "" : `${this.addressOf(gather.rows)}*${gather.stride}`;
    return `${elementBytes(buffer.dtype)}:${strides.join()}:${rows}`;
  }
}
