/** @file Rules for operations that only move elements: chains become one, and what moves nothing goes. */
import { broadcast, type BroadcastAttributes } from "../ops/broadcast.js";
import { primitives } from "../ops/index.js";
import { matMul, type MatMulAttributes } from "../ops/matMul.js";
import { reshape } from "../ops/reshape.js";
import { transpose, type TransposeAttributes } from "../ops/transpose.js";
import { sameShape, type Tensor } from "../tensor.js";
import { on } from "./match.js";
import type { Rule } from "./rewrite.js";

const axesOf = (node: Tensor): readonly number[] => (node.attributes as BroadcastAttributes).axes;
const permutationOf = (node: Tensor): readonly number[] =>
  (node.attributes as TransposeAttributes).permutation;

const isIdentity = (axes: readonly number[]): boolean =>
  axes.every((axis, index) => axis === index);

/** A repeated scalar is the same under every view: only its shape counts. */
const viewOfScalar: Rule = (node) => {
  const [x] = node.inputs;
  const source = x.op === broadcast ? x.inputs[0] : x;
  if (source.shape.length > 0) return node;
  return primitives.broadcast(source, { shape: node.shape, axes: [] });
};

const reshapeOnce: Rule = (node) => {
  const [x] = node.inputs;
  const source = x.op === reshape ? x.inputs[0] : x;
  if (sameShape(source.shape, node.shape)) return source;
  return source === x ? node : primitives.reshape(source, node.shape);
};

const transposeOnce: Rule = (node) => {
  const [x] = node.inputs;
  const permutation = permutationOf(node);
  if (isIdentity(permutation)) return x;
  if (x.op !== transpose) return node;
  const before = permutationOf(x);
  const both = permutation.map((axis) => before[axis]);
  return isIdentity(both) ? x.inputs[0] : primitives.transpose(x.inputs[0], both);
};

const broadcastOnce: Rule = (node) => {
  const [x] = node.inputs;
  const axes = axesOf(node);
  if (sameShape(x.shape, node.shape)) return x;
  if (x.op !== broadcast) return node;
  const both = axesOf(x).map((axis) => axes[axis]);
  return primitives.broadcast(x.inputs[0], { shape: node.shape, axes: both });
};

/** A transposed operand becomes the product's flag: kernels read either orientation in place. */
const transposeIntoMatMul: Rule = (node) => {
  const { transposeA, transposeB } = node.attributes as MatMulAttributes;
  const [a, b] = node.inputs;
  const swapA = a.op === transpose && !isIdentity(permutationOf(a));
  const swapB = b.op === transpose && !isIdentity(permutationOf(b));
  if (!swapA && !swapB) return node;
  return primitives.matMul(swapA ? a.inputs[0] : a, swapB ? b.inputs[0] : b, {
    transposeA: transposeA !== swapA,
    transposeB: transposeB !== swapB,
  });
};

export const viewRules: readonly Rule[] = [
  on(reshape, viewOfScalar),
  on(reshape, reshapeOnce),
  on(transpose, viewOfScalar),
  on(transpose, transposeOnce),
  on(broadcast, broadcastOnce),
  on(matMul, transposeIntoMatMul),
];
