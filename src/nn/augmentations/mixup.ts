/** @file Mixup: rows and targets are mixed with those of another row of the batch. */
import { ops } from "../../graph/index.js";
import { drawBeta } from "./beta.js";
import { defineAugmentation } from "./define.js";
import { alphaParameter, mixTargets, perRow } from "./mixing.js";

/**
 * `x = share x_i + (1 - share) x_j`, with one share from Beta(alpha, alpha) and one permutation i -> j for
 * each batch, as in the authors' code. The loss is `share loss(t_i) + (1 - share) loss(t_j)`, which for
 * cross-entropies is that of the mixed targets. Running accuracy is not meaningful under it: it knows
 * t_i alone. Evaluation is as ever.
 *
 * @param options.alpha - at least 0, default 0.2; 0 switches it off
 * @example fit(rows, { augmentation: [mixup({ alpha: 0.2 })], ... })
 * @see Zhang et al., mixup: beyond empirical risk minimization, 2018
 */
export const mixup = defineAugmentation({
  kind: "mixup",
  title: "Mixup",
  params: { alpha: alphaParameter(0.2) },
  takesImages: false,
  mixes: true,
  columns: 2,
  draw: ({ alpha }, random, { rows }) => {
    const share = drawBeta(random, alpha);
    return Array.from(random.permutation(rows), (partner) => [share, partner]);
  },
  apply: ({ x, targets }, { drawn: [share, partner] }) => {
    const partners = ops.cast(partner, "int32");
    const own = perRow(share, x);
    const other = ops.multiply(ops.gatherRows(x, partners), ops.subtract(1, own));
    return {
      x: ops.add(ops.multiply(x, own), other),
      targets: mixTargets(targets, { share, partners }),
    };
  },
});
