/** @file Parameters that every optimizer has: what happens to gradients and weights around its own rule. */
import { integer, real } from "../../util/index.js";
import { optional, type DeclaredValues } from "../parameters.js";

const positive = real({ min: 0, minOpen: true, default: 1 });

export const sharedParameters = {
  /**
   * Decoupled weight decay: before each update `w = w - learningRate weightDecay w`, of kernels alone;
   * biases and the scales and offsets of normalization do not decay. Off by default. Keras decays all
   * weights unless they are excluded by name, PyTorch's AdamW all.
   *
   * @see Loshchilov and Hutter, Decoupled weight decay regularization, 2019
   */
  weightDecay: optional(real({ min: 0, default: 0, off: 0, search: [1e-5, 1e-1] })),
  /** Each element of a gradient is cut to [-clipValue, clipValue]. */
  clipValue: optional(positive),
  /** The gradient of each weight is scaled down to this norm. */
  clipNorm: optional(positive),
  /** All gradients together are scaled down to this norm. */
  globalClipNorm: optional(positive),
  /**
   * Batches to one update: weights change at every n-th batch, by the mean of the gradients since the
   * last change, as in Keras. What accumulates is carried over the end of an epoch. Default: 1.
   */
  gradientAccumulationSteps: optional(integer({ min: 1, default: 1, off: 1 })),
  /**
   * Sharpness-aware minimization, rho: the gradient is taken at `w + rho g / (|g| + 1e-12)` and applied
   * at w, with the norm over all weights. It takes two passes. Default 0, off; the paper has 0.05.
   *
   * @see Foret et al., Sharpness-aware minimization for efficiently improving generalization, 2021
   */
  sharpnessRadius: optional(real({ min: 0, default: 0, off: 0, search: [0.01, 0.5] })),
};

export type SharedValues = DeclaredValues<typeof sharedParameters>;
