/** @file Values of simulated trainings whose truth is known. */
import type { RandomStream } from "../util/index.js";

/**
 * How the values of one seed arise. Noise has mean 0 and spread 1, half of its variance being the
 * luck of the seed, which all arms share.
 *
 * - `normal`: normal noise.
 * - `skewed`: each arm's own noise is exponential, alike in all arms: rare bad trainings.
 * - `coarse`: normal noise, rounded as accuracy is that was counted on few rows.
 * - `lopsided`: an arm adds exponential noise of mean 0 to the baseline's own value, so that the
 *   differences themselves have a long tail, on the bad side. Their mean is 0, but most of them are
 *   gains. No test keeps its rate for the mean of a few such values; it is here to see what is lost.
 */
export type NullNoise = "normal" | "skewed" | "coarse" | "lopsided";

/** Equal shares of variance for the seed's luck and the arm's own noise. */
const SHARE = Math.SQRT1_2;
/** In standard deviations: differences fall on a handful of values. */
const GRAIN = 0.5;

/** Exponential with mean 0 and spread 1, its long tail below. */
const badLuck = (stream: RandomStream): number => 1 + Math.log(1 - stream.uniform());

/** A training's value; `baseline` is undefined for the baseline's own. */
type Draw = (stream: RandomStream, luck: number, baseline?: number) => number;

const normal: Draw = (stream, luck) => SHARE * (luck + stream.normal());

const DRAWS: Readonly<Record<NullNoise, Draw>> = {
  normal,
  skewed: (stream, luck) => SHARE * (luck + badLuck(stream)),
  coarse: (stream, luck) => GRAIN * Math.round(normal(stream, luck) / GRAIN),
  lopsided: (stream, luck, baseline) =>
    (baseline ?? luck) + (baseline === undefined ? 0 : badLuck(stream)),
};

/** The values of all arms for one more seed: the baseline first; the last one gains `effect`. */
export function drawSeed(
  stream: RandomStream,
  { noise, arms, effect }: { noise: NullNoise; arms: number; effect: number },
): number[] {
  const luck = stream.normal();
  const baseline = DRAWS[noise](stream, luck);
  const others = Array.from({ length: arms - 1 }, () => DRAWS[noise](stream, luck, baseline));
  others[others.length - 1] += effect;
  return [baseline, ...others];
}
