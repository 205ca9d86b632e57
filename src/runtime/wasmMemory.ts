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
import { purposeOf, totalUse, type MemoryKind } from "./memoryUse.js";
import type { MemoryUse, Values } from "./engine.js";

const PAGE = 65536;
/** WebAssembly's 32-bit addresses end at 4 GiB. */
const MAXIMUM_PAGES = 65536;
/** Address 0 stays unused, so that a forgotten address is noticed. */
const FIRST_ADDRESS = ALIGNMENT;

/** What memory is asked for: the kind it counts as, and the name that a sentence gives it. */
interface Claim {
  readonly kind: MemoryKind;
  readonly name: string;
}

export class WasmMemory {
  readonly memory: WebAssembly.Memory;
  readonly #addresses = new Map<Buffer, number>();
  readonly #claims: [MemoryKind, number][] = [];
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

  /** As good as new, but for its pages: it has them, and the system need not find and clear others. */
  clear(): void {
    new Uint8Array(this.memory.buffer, 0, this.#next).fill(0);
    this.#addresses.clear();
    this.#claims.length = 0;
    this.#next = FIRST_ADDRESS;
    this.#shared = { address: 0, size: 0 };
  }

  /** How modules import it. */
  get limits(): { minimum: number; maximum: number; shared: boolean } {
    return { minimum: 1, maximum: MAXIMUM_PAGES, shared: this.isShared };
  }

  /** Two memories of equal positions give the next claims equal places. */
  position(): string {
    return `${this.#next} ${this.#shared.address} ${this.#shared.size}`;
  }

  holds(buffer: Buffer): boolean {
    return this.#addresses.has(buffer);
  }

  addressOf(buffer: Buffer): number {
    const address = this.#addresses.get(buffer);
    if (address === undefined) throw new InternalError(`No address for ${buffer.name}.`);
    return address;
  }

  /** @throws UsageError naming the buffer and the sizes if it does not fit; all else stays as it was */
  allocate(buffer: Buffer): void {
    const kind = buffer.variable === undefined ? "outputs" : purposeOf(buffer.variable);
    const address = this.reserve(byteSize(buffer.shape, buffer.dtype), { kind, name: buffer.name });
    this.#addresses.set(buffer, address);
  }

  reserve(bytes: number, claim: Claim): number {
    const address = this.#next;
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#grow(size, claim.name);
    this.#next += size;
    this.#claims.push([claim.kind, size]);
    return address;
  }

  /** The address of a block that every caller gets, as large as any of them wants it. */
  share(bytes: number): number {
    if (bytes > this.#shared.size) {
      const claim = { kind: "temporaries", name: "a program's temporaries" } as const;
      this.#shared = { address: this.reserve(bytes, claim), size: bytes };
    }
    return this.#shared.address;
  }

  /** Makes memory readable for some bytes past all that is in use. */
  ensureBeyond(bytes: number): void {
    this.#grow(bytes, "what a program reads ahead");
  }

  use(): MemoryUse {
    return totalUse(this.#claims);
  }

  writeWords(address: number, words: Int32Array): void {
    new Int32Array(this.memory.buffer, address, words.length).set(words);
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

  /** Makes memory usable for some bytes past all that is in use, or throws and changes nothing. */
  #grow(bytes: number, name: string): void {
    const pages = Math.ceil((this.#next + bytes) / PAGE);
    const missing = pages - this.memory.buffer.byteLength / PAGE;
    const sizes = `${name} (${describeBytes(bytes)}) beside the ${describeBytes(this.#next)} in use`;
    if (pages > MAXIMUM_PAGES) {
      throw new UsageError(
        `Engine: model and data must fit in 4 GiB; got ${sizes}. Use fewer rows or units, or a smaller batch.`,
      );
    }
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch (cause) {
      throw new UsageError(
        `Engine: the system must have memory for ${sizes}; it gave none. ` +
          "Close other programs, or use fewer rows or units.",
        { cause },
      );
    }
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

const describeBytes = (bytes: number): string =>
  bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
