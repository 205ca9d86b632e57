/** @file A network in inference mode as an ONNX model, for any number of rows. */
import { isVariable, topologicalOrder, variable, type Tensor } from "../../../graph/index.js";
import { UsageError } from "../../../util/index.js";
import type { Network } from "../../network.js";
import { createBuilder, type Builder, type OpenShape } from "./builder.js";
import { emitNode } from "./emit.js";
import { encodeModel, type ValueFields } from "./messages.js";

/** Two numbers of rows: sizes that differ between them are those that grow with the rows. */
const ROWS = [2, 3] as const;

/** The network's tensors for a number of rows, inputs first. */
function traceWith(network: Network, rows: number) {
  const input = variable({ name: "input", shape: [rows, ...network.inputShape] });
  const { output } = network.apply(input, {});
  return { input, output, order: topologicalOrder([output]) };
}

type Trace = ReturnType<typeof traceWith>;

/** The shape of a tensor, from its two traces. */
function openShape(few: Tensor, more: Tensor): OpenShape {
  return few.shape.map((size, axis) => {
    const growth = more.shape[axis] - size;
    if (growth === 0) return size;
    if (size === growth * ROWS[0]) return { perRow: growth };
    throw new UsageError(
      `ONNX: sizes must be fixed or multiples of the number of rows; got ${size} for ${ROWS[0]} rows ` +
        `and ${more.shape[axis]} for ${ROWS[1]}, of ${few.op.name}.`,
    );
  });
}

/** Throws if a constant depends on the number of rows: the file could not say how. */
function checkConstant(few: Tensor, more: Tensor): void {
  const value = ({ attributes }: Tensor): unknown => (attributes as { value?: unknown }).value;
  if (few.op.name === more.op.name && Object.is(value(few), value(more))) return;
  throw new UsageError("ONNX: the network must do the same for any number of rows; it does not.");
}

/** Adds all nodes and gives the name of the network's output. */
function emitAll(
  builder: Builder,
  [few, more]: readonly [Trace, Trace],
  valuesOf: (weight: Tensor) => Float32Array,
): string {
  const names = new Map<Tensor, string>([[few.input, "input"]]);
  few.order.forEach((node, i) => {
    checkConstant(node, more.order[i]);
    const shape = openShape(node, more.order[i]);
    if (names.has(node)) return;
    const name = isVariable(node)
      ? builder.constant({ shape: node.shape, type: "float32", values: valuesOf(node) })
      : emitNode(builder, {
          node,
          shape,
          inputs: node.inputs.map((input) => names.get(input) ?? ""),
        });
    names.set(node, name);
  });
  return names.get(few.output) ?? "";
}

const openValue = (name: string, shape: readonly number[]): ValueFields => ({
  name,
  type: "float32",
  shape: ["rows", ...shape],
});

/**
 * The bytes of an ONNX file. Its input `input`, [rows, ...inputShape], float32, holds features as the
 * network sees them: already multiplied by the data set's `scale`. Its output `output` is [rows,
 * ...outputShape].
 *
 * Each primitive of the tensor program becomes ONNX nodes, so any layer can be exported, one of your own
 * too, and what is random or measured in training only is not in the file.
 *
 * @param values - of the weights, in the network's order
 * @throws UsageError if the network does something in inference that depends on the number of rows
 */
export function exportNetwork(
  network: Network,
  values: readonly Float32Array[],
): Uint8Array<ArrayBuffer> {
  const builder = createBuilder("input");
  const traces = [traceWith(network, ROWS[0]), traceWith(network, ROWS[1])] as const;
  const indexes = new Map<Tensor, number>(network.weights.map((weight, i) => [weight.variable, i]));
  const result = emitAll(builder, traces, (weight) => values[indexes.get(weight) ?? -1]);
  const { nodes, initializers } = builder;
  return encodeModel({
    nodes: [...nodes, { op: "Identity", inputs: [result], output: "output" }],
    initializers,
    input: openValue("input", network.inputShape),
    output: openValue("output", network.outputShape),
  });
}
