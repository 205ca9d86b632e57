/** @file Programs that were compiled before: an engine that gets the same again, from another seed too, compiles nothing. */
import type { Buffer } from "../codegen/index.js";
import type { ProgramModules } from "./programModules.js";

/** What a program takes of the memory beside its variables, in bytes. It takes it in this order. */
export interface Footprint {
  /** The buffers of values to be read. */
  readonly outputs: readonly Buffer[];
  /** Of the block that programs share: temporaries, and scratch memory for each thread. */
  readonly block: number;
  /** Of the counters through which threads share work. */
  readonly counters: number;
  /** Past all that is in use. */
  readonly ahead: number;
}

/** A program as code, for one place in memory. It holds no tensor, and nothing of a seed. */
export interface CompiledProgram {
  readonly footprint: Footprint;
  /** For each output of the program, the position of its buffer. */
  readonly outputAt: readonly number[];
  readonly modules: ProgramModules;
  /** Whether several threads have work to do. */
  readonly isDivided: boolean;
}

/** As many as a study of forty arms needs at a time; most are some ten KiB, and ten times that as machine code. */
const LARGEST = 256;

/** The latest programs by what decides their code. */
export class ProgramCache {
  readonly #programs = new Map<string, CompiledProgram>();

  constructor(readonly limit = LARGEST) {}

  get(key: string): CompiledProgram | undefined {
    const program = this.#programs.get(key);
    if (program !== undefined) this.add(key, program);
    return program;
  }

  /** Forgets the one that was not asked for longest, if there are too many. */
  add(key: string, program: CompiledProgram): void {
    this.#programs.delete(key);
    this.#programs.set(key, program);
    const [oldest] = this.#programs.keys();
    if (this.#programs.size > this.limit) this.#programs.delete(oldest);
  }
}
