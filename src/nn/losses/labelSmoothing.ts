/** @file The parameter that losses of probabilities share. */
import { real } from "../../util/index.js";

/** Targets are mixed with this share of the uniform distribution, in training alone. */
export const labelSmoothing = real({
  min: 0,
  max: 1,
  maxOpen: true,
  default: 0,
  off: 0,
  advice: "Use labelSmoothing 0 to switch it off.",
  search: [0.01, 0.3],
});
