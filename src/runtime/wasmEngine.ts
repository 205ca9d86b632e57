/** @file The WebAssembly engine: one memory, in which variables stay and programs share a block for temporaries. */
import {
  ALIGNMENT,
  byteSize,
  elementBytes,
  lower,
  pack,
  printModule,
  readAhead,
  rowStride,
  scratchSize,
  unpack,
  type Buffer,
} from "../codegen/index.js";
import { optimize, sizeOf, type Tensor, type Variable } from "../graph/index.js";
import { InternalError, UsageError } from "../util/index.js";
import { planArena } from "./arena.js";
import { checkDefinition, checkLength, emptyValues } from "./checks.js";
import type { Engine, Program, ProgramDefinition, Values } from "./engine.js";
import { fastestTile } from "./peak.js";
import { detectRelaxedSimd } from "./simd.js";

const PAGE = 65536;
/** WebAssembly's 32-bit addresses end at 4 GiB. */
const MAXIMUM_PAGES = 65536;
/** Address 0 stays unused, so that a forgotten address is noticed. */
const FIRST_ADDRESS = ALIGNMENT;

export interface WasmEngineOptions {
  /** Uses fused multiply-add; by default if the machine has it. */
  readonly relaxedSimd?: boolean;
  /**
   * Rows of the register tile of matrix products; by default the fastest of some short runs. It
   * changes speed, never a result.
   */
  readonly tileRows?: number;
}

/**
 * Creates an engine that runs programs as WebAssembly, on one thread.
 *
 * @throws UsageError where WebAssembly has no SIMD
 */
export async function createEngine(options: WasmEngineOptions = {}): Promise<Engine> {
  const available = detectRelaxedSimd();
  if (options.relaxedSimd === true && !available) {
    throw new UsageError("Engine: relaxedSimd must be supported here; it is not. Leave it out.");
  }
  const tileRows = options.tileRows ?? (await fastestTile());
  return new WasmEngine({ relaxed: options.relaxedSimd ?? available, tileRows });
}

class WasmEngine implements Engine {
  readonly description: string;
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES });
  readonly #addresses = new Map<Buffer, number>();
  readonly #variables = new Map<Tensor, Buffer>();
  #next = FIRST_ADDRESS;
  /** The block that the programs' temporaries share, since programs run one after another. */
  #shared = { address: 0, size: 0 };

  constructor(readonly options: { readonly relaxed: boolean; readonly tileRows: number }) {
    this.description = options.relaxed ? "wasm, relaxed SIMD" : "wasm, SIMD";
  }

  async compile(definition: ProgramDefinition): Promise<Program> {
    checkDefinition(definition);
    const { outputs = [], updates = new Map<Variable, Tensor>() } = definition;
    const optimized = optimize([...outputs, ...updates.values()]);
    const variables = [...updates.keys()];
    const program = lower(
      {
        outputs: optimized.slice(0, outputs.length),
        updates: new Map(variables.map((variable, i) => [variable, optimized[outputs.length + i]])),
      },
      (variable) => this.#place(variable),
    );
    const plan = planArena(program.kernels);
    const scratch = scratchSize(program.kernels, this.options.tileRows);
    const block = this.#share(plan.size + scratch);
    for (const buffer of program.outputs.values()) this.#allocate(buffer);
    this.#grow(this.#next + readAhead(program.kernels));
    const addressOf = (buffer: Buffer): number => {
      const offset = plan.offsets.get(buffer);
      const address = offset === undefined ? this.#addresses.get(buffer) : block + offset;
      if (address === undefined) throw new InternalError(`No address for ${buffer.name}.`);
      return address;
    };
    const code = printModule(program.kernels, {
      addressOf,
      scratch: block + plan.size,
      target: { relaxed: this.options.relaxed },
      tileRows: this.options.tileRows,
      memory: { minimum: 1, maximum: MAXIMUM_PAGES, shared: false },
    });
    const { instance } = await WebAssembly.instantiate(code, { env: { memory: this.#memory } });
    const places = new Map(outputs.map((output, i) => [output, program.outputs.get(optimized[i])]));
    return {
      run: instance.exports.run as () => void,
      read: (output) => {
        const buffer = places.get(output);
        if (buffer === undefined)
          throw new InternalError(`Program ${definition.name}: no such output.`);
        return this.#read(buffer);
      },
    };
  }

  write(variable: Variable, values: ArrayLike<number>): void {
    checkLength(variable, values);
    const buffer = this.#place(variable);
    // In memory, true is a lane of all ones.
    const truth = (value: number): number => (value === 0 ? 0 : -1);
    const stored = variable.dtype === "bool" ? Int32Array.from(values, truth) : typed(values);
    pack(stored, this.#view(buffer), variable);
  }

  read(variable: Variable): Values {
    return this.#read(this.#place(variable));
  }

  #read(buffer: Buffer): Values {
    const values = emptyValues(buffer.dtype, sizeOf(buffer.shape));
    unpack(this.#view(buffer), values, buffer);
    return buffer.dtype === "bool" ? values.map((value) => (value === 0 ? 0 : 1)) : values;
  }

  #place(variable: Tensor): Buffer {
    const known = this.#variables.get(variable);
    if (known !== undefined) return known;
    const { name } = (variable as Variable).attributes;
    const buffer: Buffer = {
      role: "variable",
      name,
      shape: variable.shape,
      dtype: variable.dtype,
      variable,
    };
    this.#variables.set(variable, buffer);
    this.#allocate(buffer);
    return buffer;
  }

  #allocate(buffer: Buffer): void {
    this.#addresses.set(buffer, this.#reserve(byteSize(buffer.shape, buffer.dtype)));
  }

  #reserve(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#grow(this.#next);
    return address;
  }

  #share(bytes: number): number {
    if (bytes > this.#shared.size) this.#shared = { address: this.#reserve(bytes), size: bytes };
    return this.#shared.address;
  }

  #grow(end: number): void {
    const pages = Math.ceil(end / PAGE);
    const missing = pages - this.#memory.buffer.byteLength / PAGE;
    if (pages > MAXIMUM_PAGES) {
      throw new UsageError(
        `Engine: model and data must fit in 4 GiB; they need ${(end / 2 ** 30).toFixed(1)} GiB. Use fewer rows or units.`,
      );
    }
    if (missing > 0) this.#memory.grow(missing);
  }

  #view(buffer: Buffer): Float32Array | Int32Array | Uint8Array {
    const address = this.#addresses.get(buffer);
    if (address === undefined) throw new InternalError(`No address for ${buffer.name}.`);
    const elements =
      buffer.shape.length < 2
        ? sizeOf(buffer.shape)
        : buffer.shape[0] * rowStride(buffer.shape, buffer.dtype);
    const { buffer: memory } = this.#memory;
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
