/** @file Parameters that every optimizer has: what happens to gradients and weights around its own rule. */
import { real } from "../../util/index.js";
import { optional, type DeclaredValues } from "../parameters.js";

const positive = real({ min: 0, minOpen: true, default: 1 });

export const sharedParameters = {
  /**
   * Decoupled weight decay: before each update `w = w - learningRate weightDecay w`, of kernels alone.
   * Off by default.
   */
  weightDecay: optional(real({ min: 0, default: 0, off: 0, search: [1e-5, 1e-1] })),
  /** Each element of a gradient is cut to [-clipValue, clipValue]. */
  clipValue: optional(positive),
  /** The gradient of each weight is scaled down to this norm. */
  clipNorm: optional(positive),
  /** All gradients together are scaled down to this norm. */
  globalClipNorm: optional(positive),
};

export type SharedValues = DeclaredValues<typeof sharedParameters>;
