/** @file Random numbers inside a layer: masks that keep, and normal numbers, a pure function of seed, name and step. */
import { ops, type Shape, type Tensor } from "../../graph/index.js";
import { real, streamKey, UsageError } from "../../util/index.js";
import type { Noise } from "./define.js";

/** Masks come from 16 random bits an element, which represent a rate to 1 / 131072. */
const LEVELS = 2 ** 16;
const thresholdOf = (rate: number): number => Math.round(rate * LEVELS);

/** The probability of dropping something. */
export const rateParameter = real({
  min: 0,
  max: 1,
  maxOpen: true,
  default: 0.5,
  off: 0,
  advice: "Use rate 0 to switch it off.",
  search: [0.1, 0.8],
});

/** Throws for a rate that rounds to "none" or "all": it would be a switch in disguise. */
export function checkMaskRate(title: string, rate: number): void {
  const threshold = thresholdOf(rate);
  if (rate !== 0 && (threshold === 0 || threshold === LEVELS)) {
    throw new UsageError(
      `${title}: rate must be 0 or lie in [0.00001, 0.99999]; got ${rate}. Masks have 16 random bits an element.`,
    );
  }
}

/** Where a layer's random numbers come from. */
export interface NoiseSource {
  readonly noise: Noise;
  /** The stream: the layer's name, and what the numbers are for if there are several kinds. */
  readonly name: string;
}

function bits(shape: Shape, { noise, name }: NoiseSource): Tensor {
  return ops.randomBits(noise.step, { shape, key: streamKey(noise.seed, name) });
}

/** Which elements are kept at this step: bool, each true with probability 1 - rate. */
export function drawKept(shape: Shape, rate: number, source: NoiseSource): Tensor {
  return ops.less(thresholdOf(rate) - 1, bits(shape, source));
}

/** y = x / (1 - rate) where `keep` (bool, broadcast to x's shape) holds, else 0. */
export function applyMask(x: Tensor, keep: Tensor, rate: number): Tensor {
  return ops.select(keep, ops.multiply(x, 1 / (1 - rate)), 0);
}

/**
 * Polynomials, highest power first, of z / (1 - p) in w - 2.5 for w < 5 and in sqrt(w) - 3 above: minimax
 * in relative error over p from 2^-32 to 1. Giles' own end at 2^-24.
 */
const CENTRAL = [
  4.4639851e-7, -4.50548111e-6, -5.79032797e-6, 0.000307359217, -0.00177431616, -0.00590612109,
  0.348803642, 2.12331322,
];
const TAIL = [
  -0.000239542162, 0.00163689568, -0.004749681, 0.00819561343, -0.0109351622, 0.0133383648,
  1.41659506, 4.00643486,
];
const TAIL_START = 5;

/** Horner's scheme. */
function polynomial(x: Tensor, [highest, next, ...rest]: readonly number[]): Tensor {
  return rest.reduce<Tensor>(
    (sum, coefficient) => ops.add(ops.multiply(sum, x), coefficient),
    ops.add(ops.multiply(x, highest), next),
  );
}

/**
 * The z >= 0 that a standard normal number exceeds in size with probability p: `sqrt(2) erfinv(1 - p)`.
 * In float32 its relative error is at most 1e-6.
 *
 * @param p - in [2^-32, 1)
 * @see Giles, Approximating the erfinv function, GPU Computing Gems Jade, 2011
 */
export function twoSidedQuantile(p: Tensor): Tensor {
  // (1 - x) (1 + x) for x = 1 - p, without losing the digits of a small p.
  const w = ops.negate(ops.log(ops.multiply(p, ops.subtract(2, p))));
  const central = polynomial(ops.subtract(w, 2.5), CENTRAL);
  const tail = polynomial(ops.subtract(ops.sqrt(ops.maximum(w, TAIL_START)), 3), TAIL);
  const ratio = ops.select(ops.less(w, TAIL_START), central, tail);
  return ops.multiply(ratio, ops.subtract(1, p));
}

/**
 * Standard normal numbers, float32. Each is made of 32 random bits: one is its sign, the others say with
 * which probability p = (k + 1/2) / 2^31 its size is exceeded. So sizes end at 6.338, which one of 4 10^9
 * normal numbers exceeds.
 */
export function drawNormal(shape: Shape, { noise, name }: NoiseSource): Tensor {
  const high = bits(shape, { noise, name: `${name}/high` });
  const low = bits(shape, { noise, name: `${name}/low` });
  const half = LEVELS / 2;
  const isNegative = ops.less(high, half);
  const top = ops.cast(ops.select(isNegative, high, ops.subtract(high, half)), "float32");
  const fraction = ops.multiply(ops.add(ops.cast(low, "float32"), 0.5), 1 / LEVELS);
  const size = twoSidedQuantile(ops.multiply(ops.add(top, fraction), 1 / half));
  return ops.select(isNegative, ops.negate(size), size);
}
