/** @file What a kernel is printed as. */
import type { FunctionBody } from "./assembler.js";

/**
 * A kernel's functions: `main` does a range of its units, and calls the others. Of products and windows it is
 * `main(begin, end, scratch)`: each thread brings scratch memory of its own.
 */
export interface PrintedKernel {
  readonly main: FunctionBody;
  /** What computes neighbouring vectors side by side, for V8 to join pairs of them. */
  readonly pairs: readonly FunctionBody[];
  /** What else is called. */
  readonly others: readonly FunctionBody[];
}

/** A kernel that is one function. */
export const alone = (main: FunctionBody): PrintedKernel => ({ main, pairs: [], others: [] });
