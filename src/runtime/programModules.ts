/** @file A compiled program: its module, and that of its register tiles where these are compiled in their own way. */
import type { PrintedModule } from "../codegen/index.js";
import { InternalError } from "../util/index.js";
import { findWideCompiler } from "./wideCompiler.js";

/** Plain data, which other threads can be given. */
export interface ProgramModules {
  readonly program: WebAssembly.Module;
  readonly tiles: WebAssembly.Module | undefined;
}

/** Does one thread's share of the work. */
export type Run = (thread: number, threads: number) => void;

/** Compiles a program, and its tiles, if they are apart, into instructions of 256 bits. */
export async function compileModules({ code, tiles }: PrintedModule): Promise<ProgramModules> {
  const program = WebAssembly.compile(code);
  if (tiles === undefined) return { program: await program, tiles: undefined };
  const compile = findWideCompiler();
  if (compile === undefined) throw new InternalError("Engine: there is no compiler for its tiles.");
  return { program: await program, tiles: compile(tiles) };
}

/** Makes a program ready to run on this thread. */
export function startProgram(
  { program, tiles }: ProgramModules,
  env: Readonly<Record<string, WebAssembly.ImportValue>>,
): Run {
  const functions = tiles && new WebAssembly.Instance(tiles, { env }).exports;
  const instance = new WebAssembly.Instance(program, { env: { ...env, ...functions } });
  return instance.exports.run as Run;
}
