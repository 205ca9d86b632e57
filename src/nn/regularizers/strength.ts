/** @file The parameters that penalties share. */
import { choice, real } from "../../util/index.js";

/** The factor of a penalty, lambda. */
export const strength = real({
  min: 0,
  default: 1e-4,
  off: 0,
  advice: "Use strength 0 to switch it off.",
  search: [1e-6, 1e-1],
});

/**
 * How a penalty with a kink is minimized: by proximal steps, which give exact zeros, or by its
 * subgradient, which does not.
 */
export const method = choice({ choices: ["proximal", "subgradient"], default: "proximal" });
