/** @file An engine over one memory: gives variables and programs their places, and runs the programs. */
import { KEY_BYTES, keyWords, type Buffer } from "../codegen/index.js";
import type { Tensor, Variable } from "../graph/index.js";
import { InternalError, UsageError } from "../util/index.js";
import { checkDefinition, checkLength } from "./checks.js";
import { draftProgram, printDraft, type Draft, type Make, type Places } from "./draft.js";
import type { Engine, MemoryUse, Program, ProgramDefinition, Values } from "./engine.js";
import type { Multiply } from "./matrixLibrary.js";
import { outlineOf, type Outline } from "./outline.js";
import { compileModules, startProgram } from "./programModules.js";
import { ProgramCache, type CompiledProgram, type Footprint } from "./programCache.js";
import type { ThreadTeam } from "./threadTeam.js";
import type { WasmMemory } from "./wasmMemory.js";

export interface EngineParts {
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
  const printed = printDraft(draft, places, make);
  const { footprint, outputAt } = draft;
  const { isDivided } = printed;
  return { footprint, outputAt, modules: await compileModules(printed), isDivided };
}

export class WasmEngine implements Engine {
  readonly description: string;
  /** What all its programs are made for, as text. JSON alone has no infinities. */
  readonly #setting: string;
  readonly #buffers = new Map<Tensor, Buffer>();
  readonly #parts: EngineParts;
  #hasMemory = true;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.description = parts.description;
    this.#setting = JSON.stringify(parts.make, (_, value: unknown) =>
      typeof value === "number" ? String(value) : value,
    );
  }

  async compile(definition: ProgramDefinition): Promise<Program> {
    checkDefinition(definition);
    const { memory, make } = this.#living();
    const { outputs = [] } = definition;
    const bufferOf = (variable: Tensor): Buffer => this.#bufferOf(variable);
    const outline = outlineOf(definition, (variable) => {
      const buffer = bufferOf(variable);
      return memory.holds(buffer) ? `@${memory.addressOf(buffer)}` : "new";
    });
    const key = [this.#setting, memory.position(), outline.text].join("\n");
    const found = programs.get(key) ?? draftProgram(definition, bufferOf, make);
    const places = this.#claim(found.footprint, outline);
    const compiled = "modules" in found ? found : await compileDraft(found, places, make);
    programs.add(key, compiled);
    const run = await this.#load(compiled);
    return {
      run,
      read: (output) => {
        const position = outputs.indexOf(output);
        if (position < 0) throw new InternalError(`Program ${definition.name}: no such output.`);
        const { footprint, outputAt } = compiled;
        return this.#living().memory.read(footprint.outputs[outputAt[position]]);
      },
    };
  }

  write(variable: Variable, values: ArrayLike<number>): void {
    checkLength(variable, values);
    const { memory } = this.#living();
    memory.write(this.#place(variable), values);
  }

  read(variable: Variable): Values {
    const { memory } = this.#living();
    return memory.read(this.#place(variable));
  }

  memory(): MemoryUse {
    return this.#living().memory.use();
  }

  /** Whether no other thread uses its memory. */
  get isAlone(): boolean {
    return this.#parts.team === undefined;
  }

  async dispose(): Promise<void> {
    await this.#parts.team?.stop();
  }

  /** Gives its memory away, cleared, and is of no use from then on. */
  surrender(): WasmMemory {
    const { memory } = this.#living();
    this.#hasMemory = false;
    memory.clear();
    return memory;
  }

  #living(): EngineParts {
    if (this.#hasMemory) return this.#parts;
    throw new UsageError(
      "Engine: must have its memory; another engine took it over. Use that one, or create one.",
    );
  }

  /** Gives a program its places, always in this order: equal programs then lie in equal places. */
  #claim(
    { outputs, block, counters, ahead }: Footprint,
    { variables, keys }: Pick<Outline, "variables" | "keys">,
  ): Places {
    const { memory, team } = this.#living();
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
  async #load({ modules, isDivided }: CompiledProgram): Promise<() => void> {
    const { memory, team, multiply } = this.#living();
    const env = { memory: memory.memory, ...(multiply && { multiply }) };
    const run = startProgram(modules, env);
    if (team === undefined || !isDivided) {
      return () => {
        this.#living();
        run(0, 1);
      };
    }
    const number = await team.add(modules);
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
    const { memory } = this.#living();
    if (!memory.holds(buffer)) memory.allocate(buffer);
    return buffer;
  }
}
