/** @file The table that shows a network: layers, output shapes and numbers of parameters. */
import { sizeOf } from "../graph/index.js";
import type { Network, NetworkLayer } from "./network.js";

const shown = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
const grouped = (count: number): string => count.toLocaleString("en-US");

/** Number of weights of a layer. */
function countParameters({ weights }: Pick<NetworkLayer, "weights">): number {
  return weights.reduce((sum, { variable }) => sum + sizeOf(variable.shape), 0);
}

/** One line a layer; shapes are those of one row. */
export function summarize(network: Network): string {
  const lines = [
    ["Layer", "Output shape", "Parameters"],
    ["input", shown(network.inputShape), ""],
    ...network.layers.map((layer) => [
      layer.name,
      shown(layer.outputShape),
      grouped(countParameters(layer)),
    ]),
    ["Total", "", grouped(countParameters(network))],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map(([name, shape, count]) =>
      [name.padEnd(widths[0]), shape.padEnd(widths[1]), count.padStart(widths[2])].join("  "),
    )
    .join("\n");
}
