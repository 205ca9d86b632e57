/** @file Reverse-mode differentiation: gradients are built as tensors from each operation's own rule. */
import { UsageError } from "../util/index.js";
import { primitives } from "./ops/index.js";
import { describeTensor, topologicalOrder, type Tensor } from "./tensor.js";

/**
 * The gradient of a scalar with respect to some tensors, each of the tensor's own shape.
 *
 * A tensor on which `target` does not depend has the gradient zero.
 *
 * @param target - shape [], float32
 * @throws UsageError if the target is not a scalar
 * @see Griewank and Walther, Evaluating Derivatives, 2008
 */
export function gradients(target: Tensor, withRespectTo: readonly Tensor[]): Tensor[] {
  if (target.shape.length > 0 || target.dtype !== "float32") {
    throw new UsageError(
      `gradients: target must be [] float32; got ${describeTensor(target)}. Sum or average it first.`,
    );
  }
  const order = topologicalOrder([target]);
  const needed = dependents(order, new Set(withRespectTo));
  const upstream = new Map<Tensor, Tensor>([[target, primitives.constant(1)]]);
  for (const node of order.reverse()) {
    const gradient = upstream.get(node);
    if (gradient === undefined || node.inputs.length === 0 || !needed.has(node)) continue;
    const parts = node.op.gradient?.(primitives, node, gradient);
    if (parts === undefined) throw new UsageError(`gradients: ${node.op.name} has no gradient.`);
    node.inputs.forEach((input, i) => {
      const part = parts[i];
      if (part === undefined || !needed.has(input)) return;
      const sum = upstream.get(input);
      upstream.set(input, sum === undefined ? part : primitives.add(sum, part));
    });
  }
  return withRespectTo.map(
    (tensor) =>
      upstream.get(tensor) ??
      primitives.broadcast(primitives.constant(0), { shape: tensor.shape, axes: [] }),
  );
}

/** The nodes that lead from the given tensors to the target: only these carry gradients. */
function dependents(order: readonly Tensor[], sources: ReadonlySet<Tensor>): Set<Tensor> {
  const reached = new Set<Tensor>(sources);
  for (const node of order) {
    if (node.inputs.some((input) => reached.has(input))) reached.add(node);
  }
  return reached;
}
