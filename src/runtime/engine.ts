/** @file What an engine is: memory for variables, and programs that read and update them. */
import type { Tensor, Variable, VariablePurpose } from "../graph/index.js";

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

/** What an engine holds, in bytes, padding included. */
export interface MemoryUse extends Readonly<Record<VariablePurpose, number>> {
  /** Values that programs keep to be read. */
  readonly outputs: number;
  /** Values within a run. Those that never live together share their place, across programs too. */
  readonly temporaries: number;
  /** The sum of all. */
  readonly total: number;
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
  /**
   * What the variables written and the programs compiled so far need. The float64 judge counts variables
   * only: it keeps nothing else in place.
   */
  readonly memory: () => MemoryUse;
  /** Ends the engine's threads, if it has any; its programs can then run no more. */
  readonly dispose: () => Promise<void>;
}
