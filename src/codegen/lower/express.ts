/** @file From a group of nodes to a kernel: nodes become expressions over the kernel's index space. */
import {
  keptAxes,
  matMulSizes,
  type BinaryName,
  type CastAttributes,
  type ComparisonName,
  type ConstantAttributes,
  type IotaAttributes,
  type MatMulAttributes,
  type RandomBitsAttributes,
  type ReduceAttributes,
  type Shape,
  type Tensor,
  type UnaryName,
  type WindowName,
  type Windows,
} from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import type { Buffer, Expression, Kernel, MatrixOperand, Store, WindowKernel } from "../kernel.js";
import { physicalStrides } from "../layout.js";
import type { Group } from "./group.js";
import { isTransparentView, mapThroughView } from "./nodes.js";

export interface Placement {
  readonly variableBuffer: (variable: Tensor) => Buffer;
  /** The buffer from which a stored node, or a variable, is read. */
  readonly readBuffer: (node: Tensor) => Buffer | undefined;
  /** The buffers into which a stored node is written. */
  readonly writeBuffers: (node: Tensor) => readonly Buffer[];
}

/** Makes the kernel that computes a group. */
export function express(group: Group, placement: Placement): Kernel {
  const nodes = [...(group.anchor === undefined ? [] : [group.anchor]), ...group.members];
  const [first] = nodes;
  if (first.op.name === "reshape" && !isTransparentView(first)) {
    const source = bufferOf(first.inputs[0], placement);
    return { kind: "copy", source, targets: placement.writeBuffers(first) };
  }
  if (first.op.kind === "scatter") {
    const [source, rows] = first.inputs.map((input) => bufferOf(input, placement));
    return { kind: "scatter", source, rows, targets: placement.writeBuffers(first) };
  }
  const frame = frameOf(group.anchor, first);
  const main = new Expresser(
    { rank: frame.space.length, inside: new Set(nodes), anchor: group.anchor },
    placement,
  );
  const stores: Store[] = nodes.flatMap((node) =>
    placement.writeBuffers(node).map((buffer) => ({
      buffer,
      value: main.at(node, frame.axes),
      strides: spread(physicalStrides(buffer.shape, buffer.dtype), frame),
    })),
  );
  if (group.anchor === undefined) {
    // The added axis of a scalar or a gather runs along its only element.
    return { kind: "loop", space: frame.space, stores: stores.map(withLaneStride) };
  }
  return anchored(group.anchor, group.prologue, { placement, stores });
}

/** A kernel's index space, and the axes of it along which its results run. */
interface Frame {
  readonly space: Shape;
  readonly axes: readonly number[];
}

function frameOf(anchor: Tensor | undefined, node: Tensor): Frame {
  if (anchor?.op.kind === "reduction") {
    const { shape } = anchor.inputs[0];
    return {
      space: shape,
      axes: keptAxes(shape.length, (anchor.attributes as ReduceAttributes).axes),
    };
  }
  const axes = node.shape.map((_, axis) => axis);
  const space = anchor === undefined && needsLaneAxis(node) ? [...node.shape, 1] : node.shape;
  return { space, axes };
}

function spread(strides: readonly number[], { space, axes }: Frame): number[] {
  return space.map((_, axis) => strides[axes.indexOf(axis)] ?? 0);
}

function withLaneStride(store: Store): Store {
  return { ...store, strides: [...store.strides.slice(0, -1), 1] };
}

/** A scalar has no axis, and a gather of single elements needs its only axis for the row numbers. */
function needsLaneAxis(node: Tensor): boolean {
  return node.shape.length === 0 || (node.op.kind === "gather" && node.shape.length === 1);
}

function anchored(
  anchor: Tensor,
  inside: ReadonlySet<Tensor>,
  { placement, stores }: { placement: Placement; stores: readonly Store[] },
): Kernel {
  if (anchor.op.name === "matMul") return { ...product(anchor, placement), stores };
  if (anchor.op.kind === "contraction") return { ...windowed(anchor, placement), stores };
  const [input] = anchor.inputs;
  const prologue = new Expresser({ rank: input.shape.length, inside }, placement);
  return {
    kind: "reduce",
    space: input.shape,
    axes: [...(anchor.attributes as ReduceAttributes).axes].sort((a, b) => a - b),
    combine: anchor.op.name === "reduceSum" ? "sum" : "max",
    dtype: anchor.dtype,
    body: prologue.node(input),
    stores,
  };
}

function bufferOf(node: Tensor, placement: Placement): Buffer {
  const buffer = placement.readBuffer(node);
  if (buffer === undefined) throw new InternalError(`No buffer for ${node.op.name}.`);
  return buffer;
}

function product(
  node: Tensor,
  placement: Placement,
): { kind: "product"; space: [number, number]; inner: number; a: MatrixOperand; b: MatrixOperand } {
  const [a, b] = node.inputs;
  const attributes = node.attributes as MatMulAttributes;
  const { rows, columns, inner } = matMulSizes(a.shape, b.shape, attributes);
  const operand = (tensor: Tensor, outerFirst: boolean): MatrixOperand => {
    const [first, second] = physicalStrides(tensor.shape, tensor.dtype);
    const [outerStride, innerStride] = outerFirst ? [first, second] : [second, first];
    return { buffer: bufferOf(tensor, placement), outerStride, innerStride };
  };
  return {
    kind: "product",
    space: [rows, columns],
    inner,
    a: operand(a, !attributes.transposeA),
    b: operand(b, attributes.transposeB),
  };
}

function windowed(node: Tensor, placement: Placement): Omit<WindowKernel, "stores"> {
  return {
    kind: "window",
    name: node.op.name as WindowName,
    space: node.shape,
    inputs: node.inputs.map((input) => bufferOf(input, placement)),
    windows: node.attributes as Windows,
  };
}

/** Turns nodes into expressions; a node seen twice at the same place is one expression. */
class Expresser {
  readonly #known = new Map<Tensor, Map<string, Expression>>();

  constructor(
    readonly scope: {
      readonly rank: number;
      /** Nodes that the kernel itself computes at each point of the space. */
      readonly inside: ReadonlySet<Tensor>;
      readonly anchor?: Tensor | undefined;
    },
    readonly placement: Placement,
  ) {}

  /** A node that fills the whole space. */
  node(node: Tensor): Expression {
    return this.at(
      node,
      node.shape.map((_, axis) => axis),
    );
  }

  /** A node whose axis i runs along axis map[i] of the space. */
  at(node: Tensor, map: readonly number[]): Expression {
    const key = map.join();
    const places = this.#known.get(node) ?? new Map<string, Expression>();
    this.#known.set(node, places);
    const expression = places.get(key) ?? this.#make(node, map);
    places.set(key, expression);
    return expression;
  }

  #make(node: Tensor, map: readonly number[]): Expression {
    if (node === this.scope.anchor) return { kind: "accumulated" };
    if (this.scope.inside.has(node)) return this.#compute(node, map);
    const buffer = this.placement.readBuffer(node);
    if (buffer !== undefined) return this.#load(node, { buffer, map });
    return this.#compute(node, map);
  }

  #compute(node: Tensor, map: readonly number[]): Expression {
    const input = (index: number): Expression => this.at(node.inputs[index], map);
    switch (node.op.name) {
      case "constant":
        return { kind: "constant", ...(node.attributes as ConstantAttributes) };
      case "variable":
        return this.#load(node, { buffer: this.placement.variableBuffer(node), map });
      case "iota":
        return { kind: "index", axis: map[(node.attributes as IotaAttributes).axis] };
      case "randomBits": {
        const { key } = node.attributes as RandomBitsAttributes;
        return { kind: "random", key, counter: this.at(node.inputs[0], []) };
      }
      case "cast": {
        const { dtype } = node.attributes as CastAttributes;
        return { kind: "cast", input: input(0), from: node.inputs[0].dtype, to: dtype };
      }
      case "gatherRows":
        return this.#gather(node);
      case "stopGradient":
        return input(0);
      default:
        if (node.op.kind === "view") return this.at(node.inputs[0], mapThroughView(node, map));
        if (node.op.kind !== "elementwise") break;
        return {
          kind: "apply",
          name: node.op.name as UnaryName | BinaryName | ComparisonName | "select",
          inputs: node.inputs.map((_, index) => input(index)),
          dtype: node.dtype,
          operandDType: node.op.name === "select" ? node.dtype : node.inputs[0].dtype,
        };
    }
    throw new InternalError(`${node.op.name} cannot be computed inside a kernel.`);
  }

  /** Only ever reached with the identity map: what is gathered elsewhere lies in memory. */
  #gather(node: Tensor): Expression {
    const [table, rows] = node.inputs;
    const physical = physicalStrides(table.shape, table.dtype);
    const axes = Array.from({ length: this.scope.rank }, (_, axis) => axis);
    return {
      kind: "load",
      buffer: bufferOf(table, this.placement),
      strides: axes.map((axis) => (axis === 0 ? 0 : (physical[axis] ?? 0))),
      gather: { rows: bufferOf(rows, this.placement), stride: physical[0] },
    };
  }

  #load(node: Tensor, { buffer, map }: { buffer: Buffer; map: readonly number[] }): Expression {
    const physical = physicalStrides(node.shape, node.dtype);
    const strides = Array.from({ length: this.scope.rank }, () => 0);
    map.forEach((axis, i) => {
      if (axis >= 0) strides[axis] = physical[i];
    });
    return { kind: "load", buffer, strides };
  }
}
