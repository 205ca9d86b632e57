/** @file V8's flags are on while a module is compiled, and at no other time; an unknown flag is never set. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { encodeModule, FunctionBody } from "../codegen/index.js";
import { findWideCompiler } from "./wideCompiler.js";

const JOIN = "experimental-wasm-revectorize";
const DEFAULTS = ["liftoff", "wasm-lazy-compilation"];
const code = encodeModule([new FunctionBody("nothing", [])], {
  minimum: 1,
  maximum: 1,
  shared: false,
});

/** A V8 of some version that knows some flags, of which some are on; and what it was told. */
function pretend(version: string, known: readonly string[], on: readonly string[] = DEFAULTS) {
  const flags = new Set(on);
  const told: string[] = [];
  const kept = new Map<string, unknown>();
  const modules: Record<string, unknown> = {
    "node:v8": {
      setFlagsFromString: (text: string) => {
        told.push(text);
        const name = text.replace(/^--(no-)?/, "");
        if (!known.includes(name)) return;
        if (text.startsWith("--no-")) flags.delete(name);
        else flags.add(name);
      },
      cachedDataVersionTag: () => known.filter((name) => flags.has(name)).join().length,
    },
    "node:worker_threads": {
      getEnvironmentData: (key: string) => kept.get(key),
      setEnvironmentData: (key: string, value: unknown) => void kept.set(key, value),
    },
  };
  const process = Object.create(globalThis.process) as object;
  const getBuiltinModule = (name: string): unknown => modules[name];
  Object.defineProperty(process, "versions", { value: { v8: version } });
  Object.defineProperty(process, "getBuiltinModule", { value: getBuiltinModule });
  vi.stubGlobal("process", process);
  const lock = (): number => ([...kept.values()][0] as Int32Array)[0];
  return { flags, told, lock };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What is on whenever a module is compiled. */
function watchCompilation(flags: ReadonlySet<string>, lock: () => number): string[] {
  const seen: string[] = [];
  const compile = WebAssembly.Module;
  vi.spyOn(WebAssembly, "Module").mockImplementation(function (bytes) {
    seen.push(`${[...flags].toSorted().join()}, lock ${lock()}`);
    return new compile(bytes);
  });
  return seen;
}

const ALL = [JOIN, ...DEFAULTS];

describe("findWideCompiler", () => {
  it.each(["11.3.244.8", "12.4.254.21", "15.0.1"])("asks nothing of V8 %s", (version) => {
    const { told } = pretend(version, ALL);
    expect(findWideCompiler()).toBeUndefined();
    expect(told).toEqual([]);
  });

  it("finds none where there is no Node", () => {
    vi.stubGlobal("process", undefined);
    expect(findWideCompiler()).toBeUndefined();
  });

  it("finds none where the flag changes nothing", () => {
    pretend("13.6.233", DEFAULTS);
    expect(findWideCompiler()).toBeUndefined();
  });

  it("leaves the flag as it was", () => {
    const { flags } = pretend("13.6.233", ALL);
    expect(findWideCompiler()).toBeDefined();
    expect([...flags]).toEqual(DEFAULTS);
  });
});

describe("the wide compiler", () => {
  it("turns the flags on for a module, one thread at a time, and off again", () => {
    const { flags, lock } = pretend("13.6.233", ALL);
    const compile = findWideCompiler();
    const seen = watchCompilation(flags, lock);
    compile?.(code);
    expect(seen).toEqual([`${JOIN}, lock 1`]);
    expect([...flags].toSorted()).toEqual(DEFAULTS);
    expect(lock()).toBe(0);
  });

  it("turns them off after code that is refused, too", () => {
    const { flags, lock } = pretend("14.6.202", ALL);
    expect(() => findWideCompiler()?.(code.slice(0, 9))).toThrow(WebAssembly.CompileError);
    expect([...flags].toSorted()).toEqual(DEFAULTS);
    expect(lock()).toBe(0);
  });

  it("leaves on what the user has turned on", () => {
    const { flags } = pretend("13.6.233", ALL, [JOIN, "wasm-lazy-compilation"]);
    findWideCompiler()?.(code);
    expect([...flags].toSorted()).toEqual([JOIN, "wasm-lazy-compilation"]);
  });
});
