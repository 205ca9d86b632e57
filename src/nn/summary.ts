/** @file The table that shows a network: layers, output shapes, numbers of parameters, penalties. */
import { sizeOf } from "../graph/index.js";
import type { Weight } from "./layers/define.js";
import type { Network, NetworkLayer } from "./network.js";
import type { Part } from "./part.js";
import { regularizerParameter } from "./regularizers/list.js";

const shown = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
const grouped = (count: number): string => count.toLocaleString("en-US");

/** Number of elements. */
function countElements(weights: readonly Weight[]): number {
  return weights.reduce((sum, { variable }) => sum + sizeOf(variable.shape), 0);
}

/** "l1(strength 0.001, method proximal)" */
function describePart(part: Part): string {
  if (typeof part === "function") return "function";
  const { kind, ...values } = part;
  const list = Object.entries(values).map(
    ([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${kind}(${list.join(", ")})`;
}

/** "kernel l2(strength 0.0001)", for each of its parameters that holds a regularizer. */
function describePenalties({ definition, values }: NetworkLayer): string {
  return Object.entries(values)
    .filter(([name]) => definition.params[name] === regularizerParameter)
    .map(([name, part]) => `${name.replace("Regularizer", "")} ${describePart(part as Part)}`)
    .join(", ");
}

/** Total, and apart what is trained and what is not if there is both. */
function totals(weights: readonly Weight[]): readonly string[][] {
  const trainable = weights.filter((weight) => weight.trainable);
  const line = (name: string, some: readonly Weight[]): string[] => [
    name,
    "",
    grouped(countElements(some)),
    "",
  ];
  if (trainable.length === weights.length) return [line("Total", weights)];
  const fixed = weights.filter((weight) => !weight.trainable);
  return [line("Total", weights), line("Trainable", trainable), line("Not trainable", fixed)];
}

/** One line a layer; shapes are those of one row. Penalties have a column if there are any. */
export function summarize(network: Network): string {
  const lines = [
    ["Layer", "Output shape", "Parameters", "Penalties"],
    ["input", shown(network.inputShape), "", ""],
    ...network.layers.map((layer) => [
      layer.name,
      shown(layer.outputShape),
      grouped(countElements(layer.weights)),
      describePenalties(layer),
    ]),
    ...totals(network.weights),
  ];
  const hasPenalties = lines.slice(1).some(([, , , penalties]) => penalties !== "");
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map(([name, shape, count, penalties]) =>
      [
        name.padEnd(widths[0]),
        shape.padEnd(widths[1]),
        count.padStart(widths[2]),
        ...(hasPenalties && penalties !== "" ? [penalties] : []),
      ].join("  "),
    )
    .join("\n");
}
