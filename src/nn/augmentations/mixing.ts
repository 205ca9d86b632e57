/** @file Mixing rows of a batch with others of it: what becomes of their targets. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";
import type { BatchTarget } from "../objective.js";

/** The parameter of Beta(alpha, alpha), from which the share of a row's own target comes. */
export const alphaParameter = (value: number) =>
  real({
    min: 0,
    default: value,
    off: 0,
    advice: "Use alpha 0 to switch it off.",
    search: [0.1, 2],
  });

/** A number for each row, against rows of numbers. */
export function perRow(column: Tensor, x: Tensor): Tensor {
  return ops.reshape(column, [column.shape[0], ...x.shape.slice(1).map(() => 1)]);
}

/** The target of the rows that stand at these places of the batch; [rows], int32. */
function targetOf({ target, sampleWeights, classWeights, share }: BatchTarget, places: Tensor) {
  const gather = (x: Tensor): Tensor => ops.gatherRows(x, places);
  return {
    target:
      "labels" in target
        ? { labels: gather(target.labels), classes: target.classes }
        : { values: gather(target.values) },
    ...(sampleWeights && { sampleWeights: gather(sampleWeights) }),
    ...(classWeights && { classWeights }),
    ...(share && { share: gather(share) }),
  };
}

const shared = (part: BatchTarget, share: Tensor): BatchTarget => ({
  ...part,
  share: part.share ? ops.multiply(part.share, share) : share,
});

/** Each row's own targets by their share, and those of its partner by what is left. */
export function mixTargets(
  targets: readonly BatchTarget[],
  { share, partners }: { readonly share: Tensor; readonly partners: Tensor },
): readonly BatchTarget[] {
  const others = targets.map((part) => targetOf(part, partners));
  const rest = ops.subtract(1, share);
  return [
    ...targets.map((part) => shared(part, share)),
    ...others.map((part) => shared(part, rest)),
  ];
}
