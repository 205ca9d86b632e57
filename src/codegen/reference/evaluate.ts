/**
 * @file The float64 judge: runs a graph node by node with each operation's own reference kernel,
 * before any rewrite and without fusion, so that it shares nothing with what it judges.
 */
import { topologicalOrder, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";

/**
 * The values of some tensors, row-major.
 *
 * @param values - the value of each variable that the outputs depend on
 * @throws UsageError if a variable has no value
 */
export function evaluate(
  outputs: readonly Tensor[],
  values: ReadonlyMap<Tensor, ArrayLike<number>>,
): Float64Array[] {
  const results = new Map<Tensor, Float64Array>();
  for (const node of topologicalOrder(outputs)) {
    results.set(node, valueOf(node, values, results));
  }
  return outputs.map((output) => resultOf(results, output));
}

function valueOf(
  node: Tensor,
  values: ReadonlyMap<Tensor, ArrayLike<number>>,
  results: ReadonlyMap<Tensor, Float64Array>,
): Float64Array {
  const given = values.get(node);
  if (given !== undefined) return Float64Array.from(given);
  return node.op.reference(
    node.inputs.map((input) => resultOf(results, input)),
    node,
  );
}

function resultOf(results: ReadonlyMap<Tensor, Float64Array>, node: Tensor): Float64Array {
  const result = results.get(node);
  if (result === undefined)
    throw new UsageError("evaluate: a tensor is used before it is computed.");
  return result;
}
