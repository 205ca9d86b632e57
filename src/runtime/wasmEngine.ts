/** @file The WebAssembly engine: variables stay in one memory, and programs run over it, on one thread or several. */
import { KEY_BYTES, keyWords, type Buffer } from "../codegen/index.js";
import type { Tensor, Variable } from "../graph/index.js";
import { checkParameter, integer, InternalError, real, UsageError } from "../util/index.js";
import { checkDefinition, checkLength } from "./checks.js";
import { draftProgram, printDraft, type Draft, type Make, type Places } from "./draft.js";
import type { Engine, MemoryUse, Program, ProgramDefinition, Values } from "./engine.js";
import { verifyLibrary, type MatrixLibrary, type Multiply } from "./matrixLibrary.js";
import { outlineOf, type Outline } from "./outline.js";
import { fastestTile } from "./peak.js";
import { ProgramCache, type CompiledProgram, type Footprint } from "./programCache.js";
import { canShareMemory, detectRelaxedSimd } from "./capabilities.js";
import type { ThreadHost } from "./threadHost.js";
import { ThreadTeam } from "./threadTeam.js";
import { WasmMemory } from "./wasmMemory.js";

const LARGEST_TEAM = 64;
/** A step of small networks has too little work for more; ask for a number where yours has not. */
const LARGEST_AUTOMATIC_TEAM = 8;
/** Some 5 microseconds; a barrier takes 0.3, or more where threads outnumber cores. */
const MINIMUM_WORK = 2 ** 15;

/** From here on, a library's faster multiplications make up for its calls, and for their results' way. */
const MINIMUM_PRODUCT = 2 ** 17;

const numbers = {
  threads: integer({ min: 1, max: LARGEST_TEAM, default: 1 }),
  threadTimeout: real({ min: 0, minOpen: true, max: 3600, default: 30 }),
};

export interface WasmEngineOptions {
  /** Uses fused multiply-add; by default if the machine has it. */
  readonly relaxedSimd?: boolean;
  /**
   * Rows of the register tile of matrix products; by default the fastest of some short runs. It
   * changes speed, never a result.
   */
  readonly tileRows?: number;
  /**
   * Threads that share the work of each program, default 1; "auto" takes all cores of the host, 8 at
   * most. It changes speed, never a result. Where there is no host, or no memory that threads can
   * share, the engine has one thread, and its description says why.
   */
  readonly threads?: number | "auto";
  /** Starts the threads. Required for more than one. */
  readonly host?: ThreadHost;
  /** Seconds, default 30, after which a thread that has not come to a barrier counts as dead. */
  readonly threadTimeout?: number;
  /**
   * Kernels of fewer vector instructions are done by one thread, default 32,768. It changes speed,
   * never a result.
   */
  readonly minimumWork?: number;
  /**
   * Multiplies large matrices, after a check against the reference kernel. Results then differ from those
   * without it by rounding, and still not with the number of threads. Where one was looked for in vain,
   * the description says why: `absent`.
   */
  readonly library?: MatrixLibrary | { readonly absent: string } | undefined;
  /**
   * Products of fewer multiplications, less 16 for each result, are not handed to the library; default
   * 131,072. Where the line is drawn changes results by rounding.
   */
  readonly minimumProduct?: number;
}

/**
 * Creates an engine that runs programs as WebAssembly.
 *
 * @throws UsageError where WebAssembly has no SIMD, a thread does not start, or a library multiplies wrongly
 */
export async function createEngine(options: WasmEngineOptions = {}): Promise<Engine> {
  const available = detectRelaxedSimd();
  if (options.relaxedSimd === true && !available) {
    throw new UsageError("Engine: relaxedSimd must be supported here; it is not. Leave it out.");
  }
  const relaxed = options.relaxedSimd ?? available;
  const tileRows = options.tileRows ?? (await fastestTile());
  const { threads, note } = countThreads(options);
  const { library, absence } = chooseLibrary(options);
  const memory = new WasmMemory(threads > 1);
  const timeoutSeconds = checkParameter(
    "Engine",
    "threadTimeout",
    numbers.threadTimeout,
    options.threadTimeout ?? numbers.threadTimeout.default,
  );
  const team =
    options.host !== undefined && threads > 1
      ? await ThreadTeam.start(options.host, memory, {
          threads,
          timeoutSeconds,
          library: library?.location,
        })
      : undefined;
  const multiply = library?.multiplyIn(memory.memory);
  const name = library === undefined ? "wasm" : `blas, ${library.name}`;
  const description = `${name}, ${relaxed ? "relaxed SIMD" : "SIMD"}${absence}${note}`;
  const { minimumWork = MINIMUM_WORK, minimumProduct = MINIMUM_PRODUCT } = options;
  const make: Make = {
    ...{ relaxed, tileRows, minimumWork, memory: memory.limits },
    ...(library && { minimumProduct }),
    ...(team && { team: { threads, control: team.control, timeoutSeconds } }),
  };
  return new WasmEngine({ description, make, memory, team, multiply });
}

/** The library, verified, or what the engine's description says about there being none. */
function chooseLibrary({ library }: WasmEngineOptions): {
  library?: MatrixLibrary;
  absence: string;
} {
  if (library === undefined) return { absence: "" };
  if ("absent" in library) return { absence: `, no BLAS (${library.absent})` };
  verifyLibrary(library);
  return { library, absence: "" };
}

/** How many threads there will be, and what the engine's description says about them. */
function countThreads({ threads = 1, host }: WasmEngineOptions): {
  threads: number;
  note: string;
} {
  const wanted =
    threads === "auto"
      ? Math.min(host?.cores ?? 1, LARGEST_AUTOMATIC_TEAM)
      : checkParameter("Engine", "threads", numbers.threads, threads);
  if (threads === 1) return { threads: 1, note: "" };
  if (host === undefined) return { threads: 1, note: ", 1 thread (no thread host)" };
  if (!canShareMemory()) return { threads: 1, note: ", 1 thread (no shared memory)" };
  return { threads: wanted, note: wanted === 1 ? ", 1 thread" : `, ${wanted} threads` };
}

interface Parts {
  readonly description: string;
  readonly make: Make;
  readonly memory: WasmMemory;
  readonly team: ThreadTeam | undefined;
  /** What a library does, if there is one. */
  readonly multiply: Multiply | undefined;
}

/** Of all engines of this thread. */
const programs = new ProgramCache();

const COUNTERS = { kind: "other", name: "the counters of threads" } as const;
const KEYS = { kind: "other", name: "the keys of random streams" } as const;

async function compileDraft(draft: Draft, places: Places, make: Make): Promise<CompiledProgram> {
  const { code, isDivided } = printDraft(draft, places, make);
  const module = await WebAssembly.compile(code);
  const { footprint, outputAt } = draft;
  return { footprint, outputAt, module, isDivided };
}

class WasmEngine implements Engine {
  readonly description: string;
  /** What all its programs are made for, as text. JSON alone has no infinities. */
  readonly #setting: string;
  readonly #buffers = new Map<Tensor, Buffer>();

  constructor(readonly parts: Parts) {
    this.description = parts.description;
    this.#setting = JSON.stringify(parts.make, (_, value: unknown) =>
      typeof value === "number" ? String(value) : value,
    );
  }

  async compile(definition: ProgramDefinition): Promise<Program> {
    checkDefinition(definition);
    const { memory, make } = this.parts;
    const { outputs = [] } = definition;
    const bufferOf = (variable: Tensor): Buffer => this.#bufferOf(variable);
    const outline = outlineOf(definition, (variable) => {
      const buffer = bufferOf(variable);
      return memory.holds(buffer) ? `@${memory.addressOf(buffer)}` : "new";
    });
    const key = [this.#setting, memory.position(), outline.text].join("\n");
    const found = programs.get(key) ?? draftProgram(definition, bufferOf, make);
    const places = this.#claim(found.footprint, outline);
    const compiled = "module" in found ? found : await compileDraft(found, places, make);
    programs.add(key, compiled);
    const run = await this.#load(compiled);
    return {
      run,
      read: (output) => {
        const buffer = compiled.footprint.outputs.at(compiled.outputAt[outputs.indexOf(output)]);
        if (!outputs.includes(output) || buffer === undefined)
          throw new InternalError(`Program ${definition.name}: no such output.`);
        return memory.read(buffer);
      },
    };
  }

  write(variable: Variable, values: ArrayLike<number>): void {
    checkLength(variable, values);
    this.parts.memory.write(this.#place(variable), values);
  }

  read(variable: Variable): Values {
    return this.parts.memory.read(this.#place(variable));
  }

  memory(): MemoryUse {
    return this.parts.memory.use();
  }

  async dispose(): Promise<void> {
    await this.parts.team?.stop();
  }

  /** Gives a program its places, always in this order: equal programs then lie in equal places. */
  #claim(
    { outputs, block, counters, ahead }: Footprint,
    { variables, keys }: Pick<Outline, "variables" | "keys">,
  ): Places {
    const { memory, team } = this.parts;
    for (const variable of variables) this.#place(variable);
    for (const buffer of outputs) memory.allocate(buffer);
    const places = {
      block: memory.share(block),
      counters: team === undefined ? 0 : memory.reserve(counters, COUNTERS),
      keys: keys.length === 0 ? 0 : memory.reserve(keys.length * KEY_BYTES, KEYS),
    };
    memory.ensureBeyond(ahead);
    const keyAddresses = new Map<string, number>();
    keys.forEach((key, i) => {
      const address = places.keys + i * KEY_BYTES;
      keyAddresses.set(key.join(), address);
      memory.writeWords(address, keyWords(key));
    });
    return {
      ...places,
      addressOf: (buffer) => memory.addressOf(buffer),
      addressOfKey: (key) => keyAddresses.get(key.join()) ?? NaN,
    };
  }

  /** Makes the program ready on all threads; returns what runs it. */
  async #load({ module, isDivided }: CompiledProgram): Promise<() => void> {
    const { memory, team, multiply } = this.parts;
    const env = { memory: memory.memory, ...(multiply && { multiply }) };
    const instance = await WebAssembly.instantiate(module, { env });
    const run = instance.exports.run as (thread: number, threads: number) => void;
    if (team === undefined || !isDivided) return () => run(0, 1);
    const number = await team.add(module);
    return () => team.run(number, run);
  }

  #bufferOf(variable: Tensor): Buffer {
    const known = this.#buffers.get(variable);
    if (known !== undefined) return known;
    const { name } = (variable as Variable).attributes;
    const { shape, dtype } = variable;
    const buffer: Buffer = { role: "variable", name, shape, dtype, variable };
    this.#buffers.set(variable, buffer);
    return buffer;
  }

  #place(variable: Tensor): Buffer {
    const buffer = this.#bufferOf(variable);
    if (!this.parts.memory.holds(buffer)) this.parts.memory.allocate(buffer);
    return buffer;
  }
}
