/** @file The one memory of an engine: where each buffer lies, and its values in and out. */
import {
  ALIGNMENT,
  byteSize,
  elementBytes,
  pack,
  rowStride,
  unpack,
  type Buffer,
} from "../codegen/index.js";
import { sizeOf } from "../graph/index.js";
import { InternalError, UsageError } from "../util/index.js";
import { emptyValues } from "./checks.js";
import type { Values } from "./engine.js";

const PAGE = 65536;
/** WebAssembly's 32-bit addresses end at 4 GiB. */
const MAXIMUM_PAGES = 65536;
/** Address 0 stays unused, so that a forgotten address is noticed. */
const FIRST_ADDRESS = ALIGNMENT;

export class WasmMemory {
  readonly memory: WebAssembly.Memory;
  readonly #addresses = new Map<Buffer, number>();
  #next = FIRST_ADDRESS;
  /** The block that the programs' temporaries share, since programs run one after another. */
  #shared = { address: 0, size: 0 };

  /** @param isShared - whether other threads can use it too */
  constructor(readonly isShared: boolean) {
    this.memory = new WebAssembly.Memory({
      initial: 1,
      maximum: MAXIMUM_PAGES,
      shared: isShared,
    });
  }

  /** How modules import it. */
  get limits(): { minimum: number; maximum: number; shared: boolean } {
    return { minimum: 1, maximum: MAXIMUM_PAGES, shared: this.isShared };
  }

  addressOf(buffer: Buffer): number {
    const address = this.#addresses.get(buffer);
    if (address === undefined) throw new InternalError(`No address for ${buffer.name}.`);
    return address;
  }

  allocate(buffer: Buffer): void {
    this.#addresses.set(buffer, this.reserve(byteSize(buffer.shape, buffer.dtype)));
  }

  reserve(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#grow(this.#next);
    return address;
  }

  /** The address of a block that every caller gets, as large as any of them wants it. */
  share(bytes: number): number {
    if (bytes > this.#shared.size) this.#shared = { address: this.reserve(bytes), size: bytes };
    return this.#shared.address;
  }

  /** Makes memory readable for some bytes past all that is in use. */
  ensureBeyond(bytes: number): void {
    this.#grow(this.#next + bytes);
  }

  write(buffer: Buffer, values: ArrayLike<number>): void {
    // In memory, true is a lane of all ones.
    const truth = (value: number): number => (value === 0 ? 0 : -1);
    const stored = buffer.dtype === "bool" ? Int32Array.from(values, truth) : typed(values);
    pack(stored, this.#view(buffer), buffer);
  }

  read(buffer: Buffer): Values {
    const values = emptyValues(buffer.dtype, sizeOf(buffer.shape));
    unpack(this.#view(buffer), values, buffer);
    return buffer.dtype === "bool" ? values.map((value) => (value === 0 ? 0 : 1)) : values;
  }

  #grow(end: number): void {
    const pages = Math.ceil(end / PAGE);
    const missing = pages - this.memory.buffer.byteLength / PAGE;
    if (pages > MAXIMUM_PAGES) {
      throw new UsageError(
        `Engine: model and data must fit in 4 GiB; they need ${(end / 2 ** 30).toFixed(1)} GiB. Use fewer rows or units.`,
      );
    }
    if (missing > 0) this.memory.grow(missing);
  }

  #view(buffer: Buffer): Float32Array | Int32Array | Uint8Array {
    const address = this.addressOf(buffer);
    const elements =
      buffer.shape.length < 2
        ? sizeOf(buffer.shape)
        : buffer.shape[0] * rowStride(buffer.shape, buffer.dtype);
    const { buffer: memory } = this.memory;
    if (buffer.dtype === "float32") return new Float32Array(memory, address, elements);
    if (elementBytes(buffer.dtype) === 1) return new Uint8Array(memory, address, elements);
    return new Int32Array(memory, address, elements);
  }
}

function typed(values: ArrayLike<number>): Values | Float64Array {
  const isTyped =
    values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array;
  return isTyped ? values : Float64Array.from(values);
}
