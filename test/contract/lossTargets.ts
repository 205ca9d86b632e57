/** @file Random targets of one row of three units, for the contract of losses. */

type Draw = (random: () => number) => readonly number[];

const three = (random: () => number): number[] => [random(), random(), random()];

/** Any numbers. */
export const numbers: Draw = (random) => three(random).map((u) => 4 * u - 2);
/** Numbers from 0 to 1. */
export const shares: Draw = three;
/** Whole numbers of at least 0. */
export const counts: Draw = (random) => three(random).map((u) => Math.floor(5 * u));
/** Numbers whose sum is 1. */
export const distributions: Draw = (random) => {
  const parts = three(random);
  const sum = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / sum);
};
