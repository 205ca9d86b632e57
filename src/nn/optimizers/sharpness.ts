/** @file Sharpness-aware minimization: the gradient at the worst point nearby. */
import { gradients, ops, substitute, type Tensor, type Variable } from "../../graph/index.js";
import { globalNorm } from "./clipping.js";

/** The paper's code has it against a gradient of zero. */
const EPSILON = 1e-12;

/**
 * The gradients of the objective at `w + radius g / (|g| + 1e-12)`, where g are those at w and the norm is
 * that of all of them together.
 *
 * Both passes see the same batch and draw the same noise, so that the second differs by the weights alone;
 * implementations for PyTorch draw new masks. Statistics of the batch are remembered from the first.
 *
 * @see Foret et al., Sharpness-aware minimization for efficiently improving generalization, 2021
 */
export function sharpnessAwareGradients(
  objective: Tensor,
  weights: readonly Variable[],
  radius: number,
): readonly Tensor[] {
  const slopes = gradients(objective, weights);
  const scale = ops.divide(radius, ops.add(globalNorm(slopes), EPSILON));
  const moved = weights.map((weight, i) => ops.add(weight, ops.multiply(slopes[i], scale)));
  const [there] = substitute([objective], new Map(weights.map((weight, i) => [weight, moved[i]])));
  return gradients(there, moved);
}
