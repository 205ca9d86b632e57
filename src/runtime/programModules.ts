/** @file A compiled program: its module, and that of what computes pairs of vectors, where it is compiled in its own way. */
import type { PrintedModule } from "../codegen/index.js";
import { InternalError } from "../util/index.js";
import { findWideCompiler } from "./wideCompiler.js";

/** Plain data, which other threads can be given. */
export interface ProgramModules {
  readonly program: WebAssembly.Module;
  readonly pairs: WebAssembly.Module | undefined;
}

/** Does one thread's share of the work. */
export type Run = (thread: number, threads: number) => void;

/** Compiles a program, and what computes pairs, if that is apart, into instructions of 256 bits. */
export async function compileModules({ code, pairs }: PrintedModule): Promise<ProgramModules> {
  const program = WebAssembly.compile(code);
  if (pairs === undefined) return { program: await program, pairs: undefined };
  const compile = findWideCompiler();
  if (compile === undefined)
    throw new InternalError("Engine: there is no compiler for its pairs of vectors.");
  return { program: await program, pairs: compile(pairs) };
}

/** Makes a program ready to run on this thread. */
export function startProgram(
  { program, pairs }: ProgramModules,
  env: Readonly<Record<string, WebAssembly.ImportValue>>,
): Run {
  const functions = pairs && new WebAssembly.Instance(pairs, { env }).exports;
  const instance = new WebAssembly.Instance(program, { env: { ...env, ...functions } });
  return instance.exports.run as Run;
}
