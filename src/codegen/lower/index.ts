/** @file From a graph to kernels in the order in which they run. */
import type { Tensor, Variable } from "../../graph/index.js";
import type { Buffer, Kernel } from "../kernel.js";
import { physicalStrides } from "../layout.js";
import { express, type Placement } from "./express.js";
import { group, type Grouping } from "./group.js";
import { analyse, type NodeTable } from "./nodes.js";
import { schedule } from "./schedule.js";

export interface LoweredProgram {
  readonly kernels: readonly Kernel[];
  /** Where the value of each output lies after a run. */
  readonly outputs: ReadonlyMap<Tensor, Buffer>;
}

/**
 * Lowers a program to kernels.
 *
 * @param variableBuffer - the buffer of a variable, the same at each call
 */
export function lower(
  program: { outputs: readonly Tensor[]; updates: ReadonlyMap<Variable, Tensor> },
  variableBuffer: (variable: Tensor) => Buffer,
): LoweredProgram {
  const table = analyse([...program.outputs, ...program.updates.values()]);
  const grouping = group(table);
  const { order, waiting } = schedule(table, grouping, program.updates);
  const places = new Places(table, { grouping, variableBuffer });
  const outputs = new Map(
    // Two outputs may be one node after rewriting.
    [...new Set(program.outputs)].map((output) => [output, places.addOutput(output)]),
  );
  const copies: Kernel[] = [];
  for (const [variable, value] of program.updates) {
    const final = variableBuffer(variable);
    if (waiting.has(variable)) copies.push(copyKernel(places.addTemporary(value), final));
    else places.addTarget(value, final);
  }
  return { kernels: [...order.map((one) => express(one, places)), ...copies], outputs };
}

function copyKernel(from: Buffer, to: Buffer): Kernel {
  const lift = (values: readonly number[]): number[] => (values.length === 0 ? [1] : [...values]);
  const strides = lift(physicalStrides(from.shape, from.dtype));
  const value = { kind: "load", buffer: from, strides } as const;
  return { kind: "loop", space: lift(from.shape), stores: [{ buffer: to, value, strides }] };
}

/** Decides the buffers of every stored node. */
class Places implements Placement {
  readonly #targets = new Map<Tensor, Buffer[]>();
  readonly variableBuffer: (variable: Tensor) => Buffer;

  constructor(
    table: NodeTable,
    context: { grouping: Grouping; variableBuffer: (variable: Tensor) => Buffer },
  ) {
    this.variableBuffer = context.variableBuffer;
    for (const node of table.computed) {
      if (context.grouping.isStored(node)) this.#targets.set(node, []);
    }
  }

  addTarget(node: Tensor, buffer: Buffer): Buffer {
    this.#targets.get(node)?.push(buffer);
    return buffer;
  }

  addOutput(node: Tensor): Buffer {
    return this.addTarget(node, bufferFor(node, "output"));
  }

  addTemporary(node: Tensor): Buffer {
    return this.addTarget(node, bufferFor(node, "temporary"));
  }

  writeBuffers(node: Tensor): readonly Buffer[] {
    const targets = this.#targets.get(node);
    if (targets?.length === 0) this.addTemporary(node);
    return targets ?? [];
  }

  readBuffer(node: Tensor): Buffer | undefined {
    if (this.#targets.has(node)) return this.writeBuffers(node)[0];
    return node.op.name === "variable" ? this.variableBuffer(node) : undefined;
  }
}

function bufferFor(node: Tensor, role: "temporary" | "output"): Buffer {
  return { role, name: node.op.name, shape: node.shape, dtype: node.dtype };
}
