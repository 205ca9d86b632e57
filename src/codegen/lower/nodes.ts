/** @file What lowering needs to know about a graph: which nodes are computed, and who uses them how. */
import {
  topologicalOrder,
  type BroadcastAttributes,
  type Shape,
  type Tensor,
  type TransposeAttributes,
} from "../../graph/index.js";

/**
 * How a node reads another: `direct`, element by element at the same place; `reduced`, as the input
 * of its reduction; `stored`, in any other way, for which the values must lie in memory.
 */
export type Relation = "direct" | "reduced" | "stored";

export interface Use {
  readonly consumer: Tensor;
  readonly relation: Relation;
}

export interface NodeTable {
  /** Nodes that some kernel computes, inputs first. */
  readonly computed: readonly Tensor[];
  readonly isComputed: (node: Tensor) => boolean;
  readonly uses: (node: Tensor) => readonly Use[];
  readonly isRoot: (node: Tensor) => boolean;
}

const withoutOnes = (shape: Shape): number[] => shape.filter((size) => size !== 1);

/** A reshape that only adds or drops axes of size 1: it moves nothing. */
function isSimpleReshape(node: Tensor): boolean {
  const from = withoutOnes(node.inputs[0].shape);
  const to = withoutOnes(node.shape);
  return from.length === to.length && from.every((size, axis) => size === to[axis]);
}

/** Views that are read through by index arithmetic. Other reshapes are copied. */
export function isTransparentView(node: Tensor): boolean {
  return node.op.kind === "view" && (node.op.name !== "reshape" || isSimpleReshape(node));
}

/** iota is index arithmetic, so it costs nothing to recompute wherever it is used. */
const isLeaf = (node: Tensor): boolean => node.op.kind === "source" || node.op.name === "iota";

/** Follows transparent views down to what they show. */
export function throughViews(node: Tensor, isComputed: (node: Tensor) => boolean): Tensor {
  let current = node;
  while (!isComputed(current) && isTransparentView(current)) current = current.inputs[0];
  return current;
}

/** Operations that read whole buffers, not elements at a point. */
function takesBuffers(node: Tensor): boolean {
  const { kind } = node.op;
  const movesElements = kind === "view" && !isTransparentView(node);
  return movesElements || kind === "contraction" || kind === "gather" || kind === "scatter";
}

/** Operations whose operands a kernel can only read from memory. */
const needsMemory = (node: Tensor): boolean =>
  takesBuffers(node) || node.op.name === "randomBits" || node.op.kind === "view";

/** Analyses the program that computes the roots. */
export function analyse(roots: readonly Tensor[]): NodeTable {
  const order = topologicalOrder(roots);
  const rootSet = new Set(roots);
  const computedSet = new Set<Tensor>(roots);
  for (const node of order) {
    if (!isLeaf(node) && !isTransparentView(node)) computedSet.add(node);
    if (takesBuffers(node)) {
      // Operands are taken from memory as they are: views and positions are computed into it.
      node.inputs
        .filter((input) => input.op.name !== "variable")
        .forEach((input) => computedSet.add(input));
    }
  }
  const isComputed = (node: Tensor): boolean => computedSet.has(node);
  const computed = order.filter(isComputed);
  const uses = new Map<Tensor, Use[]>();
  for (const consumer of computed) {
    for (const input of consumer.inputs) {
      const source = throughViews(input, isComputed);
      const known = uses.get(source) ?? [];
      known.push({ consumer, relation: relationOf(consumer, input === source) });
      uses.set(source, known);
    }
  }
  return {
    computed,
    isComputed,
    uses: (node) => uses.get(node) ?? [],
    isRoot: (node) => rootSet.has(node),
  };
}

function relationOf(consumer: Tensor, immediate: boolean): Relation {
  if (needsMemory(consumer) || !immediate) return "stored";
  return consumer.op.kind === "reduction" ? "reduced" : "direct";
}

/**
 * For each axis of a view's input, the axis of the space that it runs along (-1: none), given the
 * same for the view itself.
 */
export function mapThroughView(view: Tensor, map: readonly number[]): number[] {
  const [input] = view.inputs;
  if (view.op.name === "broadcast") {
    return (view.attributes as BroadcastAttributes).axes.map((axis) => map[axis]);
  }
  if (view.op.name === "transpose") {
    const { permutation } = view.attributes as TransposeAttributes;
    return permutation.map((_, axis) => map[permutation.indexOf(axis)]);
  }
  const carried = map.filter((_, axis) => view.shape[axis] !== 1);
  let next = 0;
  return input.shape.map((size) => (size === 1 ? -1 : carried[next++]));
}
