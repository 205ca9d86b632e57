/** @file CutMix: a box of each image is taken from another image of the batch, and targets by its area. */
import { ops } from "../../graph/index.js";
import type { RandomStream } from "../../util/index.js";
import { drawBeta } from "./beta.js";
import { imageSides, isInside, type Box } from "./box.js";
import { defineAugmentation } from "./define.js";
import { alphaParameter, mixTargets } from "./mixing.js";

/** A box of the given share of the area around a random centre, cut off at the image's edges. */
function drawBox(
  random: RandomStream,
  [height, width]: readonly [number, number],
  share: number,
): Box {
  const side = Math.sqrt(share);
  const span = (length: number): [number, number] => {
    const centre = random.below(length);
    const half = Math.floor((length * side) / 2);
    const size = Math.floor(length * side);
    const first = centre - half;
    return [Math.max(0, first), Math.min(length, first + size)];
  };
  const [top, bottom] = span(height);
  const [left, right] = span(width);
  return [top, left, bottom, right];
}

/**
 * In one box for each batch, pixels come from the image's partner, with one permutation for each batch.
 * The box has `sqrt(1 - lambda)` of either side, lambda from Beta(alpha, alpha), around a random centre; at
 * the edges it is cut off, and the share of the image's own target is what it keeps of its area. The loss
 * is `share loss(t_i) + (1 - share) loss(t_j)`. Running accuracy is not meaningful under it.
 *
 * As in the authors' code; Keras' `CutMix` draws a box for each image.
 *
 * @param options.alpha - at least 0, default 1; 0 switches it off
 * @example fit(images, { augmentation: [cutmix()], ... })
 * @see Yun et al., CutMix: regularization strategy to train strong classifiers with localizable features, 2019
 */
export const cutmix = defineAugmentation({
  kind: "cutmix",
  title: "CutMix",
  params: { alpha: alphaParameter(1) },
  takesImages: true,
  mixes: true,
  columns: 6,
  draw: ({ alpha }, random, { rows, rowShape }) => {
    const sides = imageSides(rowShape);
    const box = drawBox(random, sides, 1 - drawBeta(random, alpha));
    const [top, left, bottom, right] = box;
    const share = 1 - ((bottom - top) * (right - left)) / (sides[0] * sides[1]);
    return Array.from(random.permutation(rows), (partner) => [share, partner, ...box]);
  },
  apply: ({ x, targets }, { drawn: [share, partner, ...box] }) => {
    const partners = ops.cast(partner, "int32");
    return {
      x: ops.select(isInside(x, box), ops.gatherRows(x, partners), x),
      targets: mixTargets(targets, { share, partners }),
    };
  },
});
