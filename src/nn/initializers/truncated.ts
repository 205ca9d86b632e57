/** @file A standard normal number that is drawn again while it lies beyond two deviations. */
import type { RandomStream } from "../../util/index.js";

export function drawTruncated(random: RandomStream): number {
  let z = random.normal();
  while (Math.abs(z) > 2) z = random.normal();
  return z;
}
