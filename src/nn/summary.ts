/** @file The table that shows a network: layers, output shapes and numbers of parameters. */
import { sizeOf } from "../graph/index.js";
import type { Network, NetworkLayer } from "./network.js";

const shown = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
const grouped = (count: number): string => count.toLocaleString("en-US");

/** Number of weights of a layer, or of those that are trained, or not. */
function countParameters({ weights }: Pick<NetworkLayer, "weights">, trainable?: boolean): number {
  return weights
    .filter((weight) => trainable === undefined || weight.trainable === trainable)
    .reduce((sum, { variable }) => sum + sizeOf(variable.shape), 0);
}

/** One line a layer; shapes are those of one row. Weights that no optimizer touches are counted apart. */
export function summarize(network: Network): string {
  const untrained = countParameters(network, false);
  const lines = [
    ["Layer", "Output shape", "Parameters"],
    ["input", shown(network.inputShape), ""],
    ...network.layers.map((layer) => [
      layer.name,
      shown(layer.outputShape),
      grouped(countParameters(layer)),
    ]),
    ["Total", "", grouped(countParameters(network))],
    ...(untrained === 0
      ? []
      : [
          ["Trainable", "", grouped(countParameters(network, true))],
          ["Not trainable", "", grouped(untrained)],
        ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map(([name, shape, count]) =>
      [name.padEnd(widths[0]), shape.padEnd(widths[1]), count.padStart(widths[2])].join("  "),
    )
    .join("\n");
}
