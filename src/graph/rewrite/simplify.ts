/** @file The pass that removes what does nothing; its rules are in simplifyViews and simplifyArithmetic. */
import type { Tensor } from "../tensor.js";
import { rewrite } from "./rewrite.js";
import { arithmeticRules } from "./simplifyArithmetic.js";
import { viewRules } from "./simplifyViews.js";

export function simplify(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, [...viewRules, ...arithmeticRules]);
}
