/** @file The objective of a batch: the weighted mean of its losses; and its scores. */
import { ops, type Tensor } from "../graph/index.js";
import { createLoss } from "./losses/apply.js";
import type { Prediction } from "./losses/define.js";
import { scoreRows, type Measures } from "./scoring.js";
import type { Target } from "./targets.js";

/** What the rows of a batch should give, and by how much it counts. */
export interface BatchTarget {
  readonly target: Target;
  /** Of each row; [rows], float32. */
  readonly sampleWeights?: Tensor;
  /** Of each class; [classes], float32; with labels alone. */
  readonly classWeights?: Tensor;
  /** Where rows are mixed: the share of this target in each row, [rows], float32. */
  readonly share?: Tensor;
}

const times = (x: Tensor, factor: Tensor | undefined): Tensor =>
  factor ? ops.multiply(x, factor) : x;

const sum = (tensors: readonly Tensor[]): Tensor => tensors.reduce((a, b) => ops.add(a, b));

/** The weight of each row by its class. */
function weightsOfLabels({ target, classWeights }: BatchTarget): Tensor | undefined {
  return classWeights && "labels" in target
    ? ops.gatherRows(classWeights, target.labels)
    : undefined;
}

/**
 * The scores of each row in the order of {@link scoreRows}, and `sum(weight loss) / rows`, which is
 * minimized beside penalties.
 *
 * @param targets - several where rows are mixed; the loss is then the sum of their losses times their
 *   shares, and metrics know the first alone
 */
export function judgeBatch(
  measures: Measures,
  prediction: Prediction,
  targets: readonly BatchTarget[],
): { readonly scores: readonly Tensor[]; readonly loss: Tensor } {
  const { minimized } = createLoss(measures.loss);
  const scored = targets.map((part) => scoreRows(measures, { prediction, ...part }));
  const losses = targets.map((part) => {
    const { target, sampleWeights, share } = part;
    return times(
      times(times(minimized(prediction, target), sampleWeights), weightsOfLabels(part)),
      share,
    );
  });
  const reported = sum(scored.map(([loss], i) => times(loss, targets[i].share)));
  return { scores: [reported, ...scored[0].slice(1)], loss: ops.mean(sum(losses)) };
}
