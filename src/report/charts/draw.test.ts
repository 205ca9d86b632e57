/** @file Expected ticks: by hand. */
import { expect, it } from "vitest";
import { epochTicks } from "./draw.js";

it("ticks are whole epochs: the first, then multiples of a round step", () => {
  expect(epochTicks(1)).toEqual([1]);
  expect(epochTicks(4)).toEqual([1, 2, 3, 4]);
  expect(epochTicks(20)).toEqual([1, 5, 10, 15, 20]);
  expect(epochTicks(100)).toEqual([1, 20, 40, 60, 80, 100]);
});
