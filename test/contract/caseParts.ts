/** @file What the tables of cases are made of. */
import type { DType, Shape, Tensor } from "../../src/graph/index.js";
import type { InputSpec, Tolerance } from "./values.js";

/** One use of a primitive. */
export interface OpCase {
  readonly title: string;
  readonly inputs: readonly InputSpec[];
  readonly build: (inputs: readonly Tensor[]) => Tensor;
  /** What a float32 backend owes. */
  readonly tolerance: Tolerance;
  /** For the one primitive that is made to. */
  readonly stopsGradient?: boolean;
}

/** Around the width of a vector, with axes of size 1, and with a ragged last axis. */
export const SHAPES: readonly Shape[] = [[], [1], [3], [4], [5], [17], [1, 1], [7, 33], [3, 4, 5]];
export const ALL_DTYPES: readonly DType[] = ["float32", "int32", "uint8", "bool"];

export const RANGES: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-3, 3],
  int32: [-9, 9],
  uint8: [0, 255],
  bool: [0, 1],
};

export function input(
  shape: Shape,
  dtype: DType = "float32",
  range: readonly [number, number] = RANGES[dtype],
): InputSpec {
  return { shape, dtype, range };
}

export const show = (numbers: readonly number[]): string => `[${numbers.join(", ")}]`;

/** "3 4 5" as [3, 4, 5]; "" as []. Tables of shapes and axes stay one line a row. */
export const list = (text: string): number[] => (text === "" ? [] : text.split(" ").map(Number));
