/** @file A small WebAssembly assembler: function bodies, and the binary module that holds them. */
import { InternalError } from "../../util/index.js";
import { opcodes, type Opcode } from "./opcodes.js";

/** Value types of locals, parameters and results. */
export const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = keyof typeof types;

const SIMD_PREFIX = 0xfd;
const ATOMIC_PREFIX = 0xfe;
const EMPTY_BLOCK = 0x40;

/** Appends a number in LEB128, unsigned. */
export function unsigned(value: number, bytes: number[] = []): number[] {
  let rest = value >>> 0;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Appends a 32-bit number in LEB128, signed. */
export function signed(value: number, bytes: number[] = []): number[] {
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      bytes.push(byte);
      return bytes;
    }
    bytes.push(byte | 0x80);
  }
}

/** A local variable or parameter of one function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** What can be called: a function of the same module, or an imported one, by its name. */
export interface Callee {
  readonly name: string;
}

/** The body of one function, built instruction by instruction: operands first, as the machine's stack wants. */
export class FunctionBody {
  readonly #code: number[] = [];
  /** Calls, whose callees' indices are known when the whole module is. */
  readonly #calls: { readonly position: number; readonly callee: Callee }[] = [];
  readonly #locals: ValueType[] = [];
  readonly parameters: readonly Local[];

  constructor(
    readonly name: string,
    readonly parameterTypes: readonly ValueType[],
  ) {
    this.parameters = parameterTypes.map((type, index) => ({ index, type }));
  }

  local(type: ValueType): Local {
    this.#locals.push(type);
    return { index: this.parameterTypes.length + this.#locals.length - 1, type };
  }

  get(local: Local): this {
    return this.#push(0x20).#unsigned(local.index);
  }

  set(local: Local): this {
    return this.#push(0x21).#unsigned(local.index);
  }

  /** Stores the top of the stack in a local and leaves it there. */
  tee(local: Local): this {
    return this.#push(0x22).#unsigned(local.index);
  }

  i32(value: number): this {
    return this.#push(0x41).#signed(value);
  }

  /** A 64-bit constant that fits in 32 bits. */
  i64(value: number): this {
    return this.#push(0x42).#signed(value);
  }

  /** A vector of four equal floats. */
  splatF32(value: number): this {
    return this.splatI32(new Int32Array(Float32Array.of(value).buffer)[0]);
  }

  /** A vector of four equal 32-bit integers. */
  splatI32(value: number): this {
    return this.vectorI32([value, value, value, value]);
  }

  vectorI32(lanes: readonly [number, number, number, number]): this {
    this.#push(SIMD_PREFIX).#unsigned(0x0c);
    for (const lane of lanes)
      this.#push(lane & 255, (lane >> 8) & 255, (lane >> 16) & 255, lane >>> 24);
    return this;
  }

  /** Any instruction without immediates. */
  op(name: Opcode): this {
    const { prefix, code } = opcodes[name];
    if (prefix === undefined) return this.#push(code);
    return this.#push(prefix === "simd" ? SIMD_PREFIX : ATOMIC_PREFIX).#unsigned(code);
  }

  /** A load or store; `offset` in bytes is added to the address on the stack. */
  memory(name: Opcode, offset: number): this {
    return this.op(name)
      .#unsigned(opcodes[name].align ?? 0)
      .#unsigned(offset);
  }

  /** A load or store of one lane. */
  memoryLane(name: Opcode, at: { offset: number; lane: number }): this {
    return this.memory(name, at.offset).#push(at.lane);
  }

  lane(name: Opcode, lane: number): this {
    return this.op(name).#push(lane);
  }

  /** Picks 16 bytes out of the two vectors on the stack. */
  shuffle(lanes: readonly number[]): this {
    return this.#push(SIMD_PREFIX)
      .#unsigned(0x0d)
      .#push(...lanes);
  }

  call(callee: Callee): this {
    this.#push(0x10);
    this.#calls.push({ position: this.#code.length, callee });
    return this;
  }

  /** A loop whose body ends with a condition: it repeats while that is not zero. */
  loopWhile(body: () => void): this {
    this.#push(0x03, EMPTY_BLOCK);
    body();
    return this.#push(0x0d, 0, 0x0b);
  }

  /** Runs the body if the top of the stack is not zero. */
  when(body: () => void): this {
    this.#push(0x04, EMPTY_BLOCK);
    body();
    return this.#push(0x0b);
  }

  /** The bytes of the code section's entry. */
  encode(indexOf: (callee: Callee) => number): Bytes {
    const locals = this.#locals.flatMap((type) => [1, types[type]]);
    const body = concat([unsigned(this.#locals.length), locals, ...this.#linked(indexOf), [0x0b]]);
    return concat([unsigned(body.length), body]);
  }

  /** The code in pieces, with the indices of the callees. */
  #linked(indexOf: (callee: Callee) => number): Bytes[] {
    const ends = [...this.#calls.map(({ position }) => position), this.#code.length];
    return ends.flatMap((end, i) => {
      const begin = i === 0 ? 0 : ends[i - 1];
      const called = i === 0 ? [] : unsigned(indexOf(this.#calls[i - 1].callee));
      return [called, this.#code.slice(begin, end)];
    });
  }

  #push(...bytes: readonly number[]): this {
    this.#code.push(...bytes);
    return this;
  }

  #unsigned(value: number): this {
    unsigned(value, this.#code);
    return this;
  }

  #signed(value: number): this {
    signed(value, this.#code);
    return this;
  }
}

type Bytes = readonly number[] | Uint8Array<ArrayBuffer>;

function concat(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    result.set(part, end);
    end += part.length;
  }
  return result;
}

function section(id: number, entries: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const body = concat([unsigned(entries.length), ...entries]);
  return concat([[id], unsigned(body.length), body]);
}

function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
}

/** A function that the module imports ("env", its name). */
export class ImportedFunction {
  constructor(
    readonly name: string,
    readonly parameterTypes: readonly ValueType[],
  ) {}
}

/** Limits of the imported memory, in pages of 64 KiB. */
export interface MemoryImport {
  readonly minimum: number;
  readonly maximum: number;
  readonly shared: boolean;
}

/**
 * Encodes a module that imports one memory ("env", "memory") and exports every function of its own by
 * name. Imported functions come first in `functions`. No function has a result.
 */
export function encodeModule(
  functions: readonly (FunctionBody | ImportedFunction)[],
  memory: MemoryImport,
): Uint8Array<ArrayBuffer> {
  const signatures = functions.map(({ parameterTypes }) => [
    0x60,
    ...unsigned(parameterTypes.length),
    ...parameterTypes.map((type) => types[type]),
    0,
  ]);
  const limits = [memory.shared ? 3 : 1, ...unsigned(memory.minimum), ...unsigned(memory.maximum)];
  const own = functions.filter((one) => one instanceof FunctionBody);
  const imported = functions.slice(0, functions.length - own.length);
  const indexOfOwn = (position: number): number[] => unsigned(imported.length + position);
  const indices = new Map(functions.map(({ name }, index) => [name, index]));
  const indexOf = ({ name }: Callee): number => {
    const index = indices.get(name);
    if (index === undefined) throw new InternalError(`No function ${name} in the module.`);
    return index;
  };
  const magic = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return concat([
    magic,
    section(1, signatures),
    section(2, [
      ...imported.map(({ name }, i) => [...text("env"), ...text(name), 0, ...unsigned(i)]),
      [...text("env"), ...text("memory"), 2, ...limits],
    ]),
    section(
      3,
      own.map((_, i) => indexOfOwn(i)),
    ),
    section(
      7,
      own.map(({ name }, i) => [...text(name), 0, ...indexOfOwn(i)]),
    ),
    section(
      10,
      own.map((body) => body.encode(indexOf)),
    ),
  ]);
}
