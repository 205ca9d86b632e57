/** @file What an engine is: memory for variables, and programs that read and update them. */
import type { Tensor, Variable } from "../graph/index.js";

export type Values = Float32Array | Int32Array | Uint8Array;

/** What one run computes. At least one output or update. */
export interface ProgramDefinition {
  /** Shown in errors and profiles: "train", "evaluate". */
  readonly name: string;
  /** Tensors whose values can be read after a run. */
  readonly outputs?: readonly Tensor[];
  /**
   * The tensor that replaces each variable, of the same shape and dtype. All updates see the values
   * from before the run.
   */
  readonly updates?: ReadonlyMap<Variable, Tensor>;
}

/** A compiled program. Programs of one engine share its variables. */
export interface Program {
  readonly run: () => void;
  /** A copy of an output's value after the latest run, row-major. bool is read as 0 and 1. */
  readonly read: (output: Tensor) => Values;
}

/** Owns the variables' memory. A variable gets its place, filled with zeros, when first seen. */
export interface Engine {
  /** For people: "wasm, relaxed SIMD, 2 threads". Named in every report. */
  readonly description: string;
  readonly compile: (definition: ProgramDefinition) => Promise<Program>;
  /** Sets a variable, row-major. Throws a UsageError if the length does not fit. */
  readonly write: (variable: Variable, values: ArrayLike<number>) => void;
  /** A copy of a variable's value, row-major. */
  readonly read: (variable: Variable) => Values;
  /** Ends the engine's threads, if it has any; its programs can then run no more. */
  readonly dispose: () => Promise<void>;
}
