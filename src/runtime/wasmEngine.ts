/** @file Creates the WebAssembly engine: variables stay in one memory, and programs run over it, on one thread or several. */
import { MOST_TILE_ROWS, type TileSize } from "../codegen/index.js";
import { checkParameter, integer, real, UsageError } from "../util/index.js";
import { canShareMemory } from "./capabilities.js";
import { chooseCode, type CodeOptions } from "./code.js";
import type { Make } from "./draft.js";
import type { Engine } from "./engine.js";
import { verifyLibrary, type MatrixLibrary } from "./matrixLibrary.js";
import { WasmEngine } from "./programEngine.js";
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
  /**
   * An engine that is needed no more: the new one gets its memory, cleared, and the old one is of no use from
   * then on. Both must have one thread. Default: new memory, which the system has to find and to clear: in
   * trainings of half a second that follow each other, a seventh of the time.
   */
  readonly memoryOf?: Engine | undefined;
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
  const memory = inheritMemory(options.memoryOf, threads) ?? new WasmMemory(threads > 1);
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
  const make: Make = {
    ...{ code, minimumWork, memory: memory.limits },
    ...(library && { minimumProduct }),
    ...(team && { team: { threads, control: team.control, timeoutSeconds } }),
  };
  return new WasmEngine({ description, make, memory, team, multiply });
}

function inheritMemory(engine: Engine | undefined, threads: number): WasmMemory | undefined {
  if (engine === undefined) return undefined;
  if (threads === 1 && engine instanceof WasmEngine && engine.isAlone) return engine.surrender();
  throw new UsageError(
    "Engine: memoryOf must be a WebAssembly engine of one thread, for another one; got others. Leave it out.",
  );
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
