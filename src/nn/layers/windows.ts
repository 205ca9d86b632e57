/** @file What layers with sliding windows share: the size of their result, and its error. */
import {
  countWindows,
  samePadding,
  type Shape,
  type Tensor,
  type Windows,
} from "../../graph/index.js";
import { choice, UsageError } from "../../util/index.js";
import type { BuiltLayer } from "./define.js";
import { pairOf, size, type Size } from "../parameters.js";

export const paddingChoice = choice({ choices: ["valid", "same"], default: "valid" });

/** Height and width of the result for images of a height and width. */
export function resultSize(
  name: string,
  input: readonly [number, number],
  options: Omit<Windows, "padding"> & { readonly padding: "valid" | "same" },
): readonly [number, number] {
  const padding =
    options.padding === "same" ? samePadding(input, options) : ([0, 0, 0, 0] as const);
  const counts = countWindows(input, { ...options, padding });
  if (Math.min(...counts) >= 1) return counts;
  throw new UsageError(
    `${name}: windows of ${options.size.join(" x ")} must fit into the image; got one of ` +
      `${input.join(" x ")}. Use smaller windows, or padding "same".`,
  );
}

/** The parameters of pooling layers. */
export const poolingParameters = {
  /** Height and width of a window. */
  poolSize: size({ default: 2 }),
  /** From one window to the next. */
  strides: size({ names: ["poolSize"], default: "poolSize" }),
  padding: paddingChoice,
};

/** The same, as the functions of images take them. */
function poolingOptions(values: {
  readonly poolSize: Size;
  readonly strides: Size | "poolSize";
  readonly padding: "valid" | "same";
}): Omit<Windows, "padding"> & { readonly padding: "valid" | "same" } {
  const { poolSize, strides, padding } = values;
  const pair = pairOf(poolSize);
  return {
    size: pair,
    strides: strides === "poolSize" ? pair : pairOf(strides),
    dilation: [1, 1],
    padding,
  };
}

/** Builds a layer that makes one pixel of each window by the function given. */
export const buildPooling =
  (pool: (x: Tensor, options: ReturnType<typeof poolingOptions>) => Tensor) =>
  (
    values: Parameters<typeof poolingOptions>[0],
    { name, inputShape: [height, width, channels] }: { name: string; inputShape: Shape },
  ): BuiltLayer => {
    const options = poolingOptions(values);
    return {
      outputShape: [...resultSize(name, [height, width], options), channels],
      weights: [],
      apply: (x) => ({ output: pool(x, options) }),
    };
  };
