/** @file Engines on several threads for tests: their entry compiled from the sources, their kernels all divided. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transpileModule, ModuleKind, ScriptTarget } from "typescript";
import { afterAll } from "vitest";
import { nodeThreads } from "../../src/node/threads.js";
import { createEngine, type Engine, type WasmEngineOptions } from "../../src/runtime/index.js";

/** What the entry of a thread imports. */
const FOLDERS = ["util", "graph", "codegen", "runtime"];
const ENTRY = "node/threadMain.ts";
const FILES = ["node/blas.ts", ENTRY];

/** Node 20 runs no TypeScript on worker threads: this compiles their entry, and cleans up afterwards. */
export function compiledEntry(): URL {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const target = mkdtempSync(join(tmpdir(), "holdout-threads-"));
  afterAll(() => rmSync(target, { recursive: true }));
  writeFileSync(join(target, "package.json"), '{ "type": "module" }');
  // Where koffi is found; Windows makes such links without special rights only as junctions.
  const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
  symlinkSync(packages, join(target, "node_modules"), "junction");
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 };
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => join(folder, name)),
  );
  for (const file of [...files, ...FILES]) {
    const { outputText } = transpileModule(readFileSync(join(source, file), "utf8"), {
      compilerOptions: options,
    });
    const path = join(target, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  return pathToFileURL(join(target, ENTRY.replace(/\.ts$/, ".js")));
}

/**
 * Makes engines whose kernels are divided however small they are, and disposes of them at the end.
 *
 * @param entry - the compiled entry of the threads
 */
export function threadedEngines(entry: URL): (options: WasmEngineOptions) => Promise<Engine> {
  const created: Engine[] = [];
  afterAll(async () => {
    await Promise.all(created.map((engine) => engine.dispose()));
  });
  return async (options) => {
    const engine = await createEngine({ minimumWork: 0, host: nodeThreads(entry), ...options });
    created.push(engine);
    return engine;
  };
}
