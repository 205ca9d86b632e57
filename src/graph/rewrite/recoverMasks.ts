/**
 * @file The pass that lets the backward pass forget: where a stored activation tells which elements
 * were active, neither the pre-activation nor the random bits of the dropout mask are read again.
 *
 * It takes simplified graphs (constants on the right) that compute equal things once. With relu m = max(x, 0),
 * keep mask k, gradient g and a constant c, each step is exact for every x, NaN and the infinities included:
 *
 * 1. x > 0 is m > 0: max(x, 0) is x where x > 0, NaN where x is NaN, else 0.
 * 2. select(k, g, 0) * c is select(k, g * c, 0) for 0 < c < Infinity, as 0 * c is then 0.
 * 3. With h = select(k, a * c, 0) and c >= 1, "a > 0 and k" is h > 0: a product with such a c does
 *    not underflow to 0. So select(a > 0, select(k, g, 0), 0) is select(h > 0, g, 0).
 *
 * Each step builds the recovered m or h anew, and sharing merges it with the one in the program.
 */
import { less } from "../ops/less.js";
import { primitives } from "../ops/index.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { topologicalOrder, type Tensor } from "../tensor.js";
import { isUniform, on, uniformValue } from "./match.js";
import { rewrite, sameTensors } from "./rewrite.js";
import { shareSubexpressions } from "./shareSubexpressions.js";

export function recoverMasks(roots: readonly Tensor[]): Tensor[] {
  const steps = [signFromRelu, maskOutsideProduct, maskFromDropped];
  let current = [...roots];
  for (const step of steps) {
    const next = step(current);
    if (!sameTensors(next, current)) current = shareSubexpressions(next);
  }
  return current;
}

/** Step 1. */
function signFromRelu(roots: readonly Tensor[]): Tensor[] {
  const relus = topologicalOrder(roots).filter(
    (m) => m.op === maximum && isUniform(m.inputs[1], 0),
  );
  const rectified = new Set(relus.map((m) => m.inputs[0]));
  const signOfRelu = on(less, (node, original) => {
    const [zero, x] = node.inputs;
    if (!isUniform(zero, 0) || !rectified.has(original.inputs[1])) return node;
    return primitives.less(zero, primitives.maximum(x, zero));
  });
  return rewrite(roots, [signOfRelu]);
}

/** Step 2. */
function maskOutsideProduct(roots: readonly Tensor[]): Tensor[] {
  const moveMask = on(multiply, (node) => {
    const [x, factor] = node.inputs;
    const c = uniformValue(factor) ?? NaN;
    const masked = x.op === select && isUniform(x.inputs[2], 0);
    if (!masked || !(c > 0 && c < Infinity)) return node;
    const [keep, value, zero] = x.inputs;
    return primitives.select(keep, primitives.multiply(value, factor), zero);
  });
  return rewrite(roots, [moveMask]);
}

/** What dropout makes of `a`: h = select(keep, a * factor, 0), or without a factor. */
interface Dropped {
  readonly keep: Tensor;
  readonly a: Tensor;
  readonly factor?: Tensor;
}

function asDropped(h: Tensor): Dropped | undefined {
  if (h.op !== select || !isUniform(h.inputs[2], 0)) return undefined;
  const [keep, value] = h.inputs;
  if (value.op !== multiply) return { keep, a: value };
  const [a, factor] = value.inputs;
  const c = uniformValue(factor) ?? NaN;
  return c >= 1 && c < Infinity ? { keep, a, factor } : undefined;
}

/** Step 3. */
function maskFromDropped(roots: readonly Tensor[]): Tensor[] {
  const all = topologicalOrder(roots).flatMap((node) => asDropped(node) ?? []);
  const signOfDropped = on(select, (node, original) => {
    const match = matchMaskedTwice(original);
    const dropped = match && all.find(({ keep, a }) => keep === match.keep && a === match.a);
    if (dropped === undefined) return node;
    const [positive, masked, zero] = node.inputs;
    const [keep, gradient] = masked.inputs;
    const { factor } = dropped;
    const a = positive.inputs[1];
    const h = primitives.select(keep, factor ? primitives.multiply(a, factor) : a, zero);
    return primitives.select(primitives.less(positive.inputs[0], h), gradient, zero);
  });
  return rewrite(roots, [signOfDropped]);
}

/** Finds `keep` and `a` in select(0 < a, select(keep, g, 0), 0). */
function matchMaskedTwice(node: Tensor): { keep: Tensor; a: Tensor } | undefined {
  const [positive, masked, zero] = node.inputs;
  const fits =
    positive.op === less &&
    isUniform(positive.inputs[0], 0) &&
    isUniform(zero, 0) &&
    masked.op === select &&
    isUniform(masked.inputs[2], 0);
  return fits ? { keep: masked.inputs[0], a: positive.inputs[1] } : undefined;
}
