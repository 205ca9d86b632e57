/** @file What V8 may join pairs of vectors in is what the check of its compiler covers, and nothing else. */
import { describe, expect, it } from "vitest";
import type { DType } from "../../graph/index.js";
import type { Buffer, Expression, Store } from "../kernel.js";
import { canPair } from "./pairs.js";

const buffer = (dtype: DType = "float32"): Buffer => {
  return { role: "variable", name: "v", shape: [4, 8], dtype };
};
const load = (strides: readonly number[], dtype: DType = "float32"): Expression => {
  return { kind: "load", buffer: buffer(dtype), strides };
};
const apply = (
  name: "add" | "exp" | "less" | "select",
  inputs: readonly Expression[],
  operandDType: DType = "float32",
): Expression => ({ kind: "apply", name, inputs, dtype: "float32", operandDType });
const store = (value: Expression, strides = [8, 1]): Store => ({
  buffer: buffer(),
  value,
  strides,
});

const accumulated: Expression = { kind: "accumulated" };
const x = load([8, 1]);

describe("a pair of vectors can be joined", () => {
  it.each<[string, Store]>([
    ["a sum with neighbours", store(apply("add", [accumulated, x]))],
    ["a sum with one number for all columns", store(apply("add", [accumulated, load([1, 0])]))],
    [
      "a choice by whole numbers",
      store(apply("select", [apply("less", [x, load([8, 1], "int32")], "int32"), x, accumulated])),
    ],
  ])("in %s", (_, given) => {
    expect(canPair([given], 1)).toBe(true);
  });

  it.each<[string, Store]>([
    ["an exponential, which no check covers", store(apply("exp", [accumulated]))],
    ["part of a sum", store(apply("add", [apply("exp", [accumulated]), x]))],
    ["a sum of whole numbers", store(apply("add", [x, x], "int32"))],
    ["what lies in columns", store(apply("add", [accumulated, load([1, 8])]))],
    ["bytes", store(apply("add", [accumulated, load([8, 1], "uint8")]))],
    ["a result that lies in columns", store(accumulated, [1, 8])],
    ["row numbers", store({ kind: "index", axis: 0 })],
  ])("not in %s", (_, given) => {
    expect(canPair([store(accumulated), given], 1)).toBe(false);
  });
});
