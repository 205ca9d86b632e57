/** @file The WebAssembly engine: variables stay in one memory, and programs run over it, on one thread or several. */
import {
  arrangeForThreads,
  counterSize,
  handOver,
  lower,
  MOST_TILE_ROWS,
  printModule,
  readAhead,
  readPanels,
  scratchSize,
  type Buffer,
  type Kernel,
  type TileSize,
} from "../codegen/index.js";
import { optimize, type Tensor, type Variable } from "../graph/index.js";
import { checkParameter, integer, InternalError, real, UsageError } from "../util/index.js";
import { planArena } from "./arena.js";
import { checkDefinition, checkLength } from "./checks.js";
import type { Engine, MemoryUse, Program, ProgramDefinition, Values } from "./engine.js";
import { verifyLibrary, type MatrixLibrary, type Multiply } from "./matrixLibrary.js";
import { canShareMemory } from "./capabilities.js";
import { chooseCode, type Code, type CodeOptions } from "./code.js";
import type { ThreadHost } from "./threadHost.js";
import { compileModules, startProgram } from "./programModules.js";
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

export interface WasmEngineOptions extends CodeOptions {
  /**
   * The register tile of matrix products, up to 6 rows of 8 or 16 columns; by default the fastest of some
   * short runs. It changes speed, never a result.
   */
  readonly tile?: TileSize;
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
  const chosen = chooseCode(options);
  const code = { ...chosen, tile: checkTile(options.tile) ?? chosen.tile };
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
  const description = `${name}, ${code.relaxed ? "relaxed SIMD" : "SIMD"}${code.note}${absence}${note}`;
  const { minimumWork = MINIMUM_WORK, minimumProduct = MINIMUM_PRODUCT } = options;
  const handed = multiply && { multiply, minimumProduct };
  return new WasmEngine({ description, code, minimumWork, memory, team, handed });
}

/** The tile of the options, which must be one that compilers are checked for. */
function checkTile(tile: TileSize | undefined): TileSize | undefined {
  if (tile === undefined) return undefined;
  const { rows, columns } = tile;
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_TILE_ROWS && [8, 16].includes(columns)) {
    return tile;
  }
  throw new UsageError(
    `Engine: tile must be of 1 to ${MOST_TILE_ROWS} rows by 8 or 16 columns; got ${rows} by ${columns}.`,
  );
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
  readonly code: Code;
  readonly minimumWork: number;
  readonly memory: WasmMemory;
  readonly team: ThreadTeam | undefined;
  /** What a library does, and from which size on. */
  readonly handed: { readonly multiply: Multiply; readonly minimumProduct: number } | undefined;
}

class WasmEngine implements Engine {
  readonly description: string;
  readonly #variables = new Map<Tensor, Buffer>();

  constructor(readonly parts: Parts) {
    this.description = parts.description;
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
    const { memory, handed } = this.parts;
    for (const buffer of program.outputs.values()) memory.allocate(buffer);
    const { kernels } = program;
    const own = handed ? handOver(kernels, handed.minimumProduct) : kernels;
    const run = await this.#load(readPanels(own, this.parts.code.tile));
    const places = new Map(outputs.map((output, i) => [output, program.outputs.get(optimized[i])]));
    return {
      run,
      read: (output) => {
        const buffer = places.get(output);
        if (buffer === undefined)
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

  /** Places the temporaries, prints the kernels, and returns what runs them on all threads. */
  async #load(given: readonly Kernel[]): Promise<() => void> {
    const { memory, team, code, minimumWork, handed } = this.parts;
    const { tile, relaxed } = code;
    const arranged = team && arrangeForThreads(given, { tile, minimumWork });
    const kernels = arranged?.kernels ?? given;
    const plan = planArena(kernels, arranged?.levels);
    const threads = team?.options.threads ?? 1;
    const block = memory.share(plan.size + threads * scratchSize(kernels, tile));
    const claim = { kind: "other", name: "the counters of threads" } as const;
    const counters = team === undefined ? 0 : memory.reserve(counterSize(kernels), claim);
    memory.ensureBeyond(readAhead(kernels));
    const printed = printModule(kernels, {
      addressOf: (buffer) => {
        const offset = plan.offsets.get(buffer);
        return offset === undefined ? memory.addressOf(buffer) : block + offset;
      },
      scratch: block + plan.size,
      target: { relaxed },
      tile,
      tilesApart: code.bits === 256,
      memory: memory.limits,
      threads: team && {
        control: team.control,
        timeoutSeconds: team.options.timeoutSeconds,
        minimumWork,
        counters,
      },
    });
    const modules = await compileModules(printed);
    const env = { memory: memory.memory, ...(handed && { multiply: handed.multiply }) };
    const run = startProgram(modules, env);
    if (team === undefined || !printed.isDivided) return () => run(0, 1);
    const number = await team.add(modules);
    return () => team.run(number, run);
  }

  #place(variable: Tensor): Buffer {
    const known = this.#variables.get(variable);
    if (known !== undefined) return known;
    const { name } = (variable as Variable).attributes;
    const { shape, dtype } = variable;
    const buffer: Buffer = { role: "variable", name, shape, dtype, variable };
    // In this order: a variable without memory must not be taken for a placed one.
    this.parts.memory.allocate(buffer);
    this.#variables.set(variable, buffer);
    return buffer;
  }
}
