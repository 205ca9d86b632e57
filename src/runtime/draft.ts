/** @file A program as kernels, before it has a place in memory; and its code, once it has one. */
import {
  arrangeForThreads,
  counterSize,
  handOver,
  lower,
  printModule,
  readAhead,
  readPanels,
  scratchSize,
  type Buffer,
  type Kernel,
} from "../codegen/index.js";
import { optimize, type Tensor, type Variable } from "../graph/index.js";
import type { StreamKey } from "../util/index.js";
import { planArena } from "./arena.js";
import type { Code } from "./code.js";
import type { ProgramDefinition } from "./engine.js";
import type { Footprint } from "./programCache.js";

/** What a program is made for. All of it decides its code. */
export interface Make {
  readonly code: Pick<Code, "relaxed" | "bits" | "tile">;
  readonly minimumWork: number;
  /** From which size on a library multiplies, if there is one. */
  readonly minimumProduct?: number | undefined;
  readonly memory: { readonly minimum: number; readonly maximum: number; readonly shared: boolean };
  /** Absent on one thread. */
  readonly team?:
    | { readonly threads: number; readonly control: number; readonly timeoutSeconds: number }
    | undefined;
}

export interface Draft {
  readonly kernels: readonly Kernel[];
  /** Offset of each temporary in the program's block. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  /** Bytes of all temporaries. */
  readonly temporaries: number;
  readonly footprint: Footprint;
  readonly outputAt: readonly number[];
}

/** @param bufferOf - the buffer of a variable, the same at each call */
export function draftProgram(
  { outputs = [], updates = new Map<Variable, Tensor>() }: ProgramDefinition,
  bufferOf: (variable: Tensor) => Buffer,
  { code: { tile }, minimumWork, minimumProduct, team }: Make,
): Draft {
  const optimized = optimize([...outputs, ...updates.values()]);
  const variables = [...updates.keys()];
  const program = lower(
    {
      outputs: optimized.slice(0, outputs.length),
      updates: new Map(variables.map((variable, i) => [variable, optimized[outputs.length + i]])),
    },
    bufferOf,
  );
  const own =
    minimumProduct === undefined ? program.kernels : handOver(program.kernels, minimumProduct);
  const given = readPanels(own, tile);
  const arranged = team && arrangeForThreads(given, { tile, minimumWork });
  const kernels = arranged?.kernels ?? given;
  const plan = planArena(kernels, arranged?.levels);
  const outputTensors = [...program.outputs.keys()];
  return {
    kernels,
    offsets: plan.offsets,
    temporaries: plan.size,
    footprint: {
      outputs: [...program.outputs.values()],
      block: plan.size + (team?.threads ?? 1) * scratchSize(kernels, tile),
      counters: team === undefined ? 0 : counterSize(kernels),
      ahead: readAhead(kernels),
    },
    outputAt: outputs.map((_, i) => outputTensors.indexOf(optimized[i])),
  };
}

/** Where a program lies. */
export interface Places {
  /** Of variables and outputs. */
  readonly addressOf: (buffer: Buffer) => number;
  readonly addressOfKey: (key: StreamKey) => number;
  readonly block: number;
  readonly counters: number;
}

export function printDraft(
  { kernels, offsets, temporaries }: Draft,
  { addressOf, addressOfKey, block, counters }: Places,
  { code, minimumWork, memory, team }: Make,
): ReturnType<typeof printModule> {
  return printModule(kernels, {
    addressOf: (buffer) => {
      const offset = offsets.get(buffer);
      return offset === undefined ? addressOf(buffer) : block + offset;
    },
    addressOfKey,
    scratch: block + temporaries,
    target: { relaxed: code.relaxed },
    tile: code.tile,
    pairsApart: code.bits === 256,
    memory,
    threads: team && { ...team, minimumWork, counters },
  });
}
