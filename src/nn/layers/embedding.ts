/** @file Embedding: a vector for each of some whole numbers. */
import { ops, sizeOf } from "../../graph/index.js";
import { choice, integer, UsageError } from "../../util/index.js";
import { constraintParameter } from "../constraints/list.js";
import { initializerNames, initializers } from "../initializers/list.js";
import { regularizerParameter } from "../regularizers/list.js";
import { defineLayer } from "./define.js";
import { createWeight } from "./weight.js";

/** Whole numbers up to here are exact in float32, as which features come. */
const LARGEST_EXACT = 2 ** 24;

/**
 * `y[..., :] = table[x[...], :]`: gives [rows, ...shape, outputDim] from whole numbers [rows, ...shape] in
 * [0, inputDim), such as words or categories. It must be the first layer; `fit`, `evaluate` and `predict`
 * refuse features that are no whole numbers in that range, where Keras on a GPU gives zeros.
 *
 * Keras' defaults: a table drawn from U(-0.05, 0.05); PyTorch draws from a standard normal. An optimizer
 * updates the whole table in each step; PyTorch can do so to the rows of the batch alone (`sparse=True`).
 *
 * @param options.inputDim - how many different numbers there are, at most 2^24
 * @param options.outputDim - size of a vector
 * @param options.embeddingsInitializer - default "randomUniform"
 * @param options.embeddingsRegularizer - a penalty on the table; none by default
 * @param options.embeddingsConstraint - what the table becomes after an update; as it is by default
 * @example embedding({ inputDim: 1000, outputDim: 16 })
 */
export const embedding = defineLayer({
  kind: "embedding",
  title: "Embedding",
  params: {
    inputDim: integer({ min: 1, max: LARGEST_EXACT, default: 1 }),
    outputDim: integer({ min: 1, default: 1 }),
    embeddingsInitializer: choice({ choices: initializerNames, default: "randomUniform" }),
    embeddingsRegularizer: regularizerParameter,
    embeddingsConstraint: constraintParameter,
  },
  required: ["inputDim", "outputDim"],
  keepsRowShape: true,
  build: (values, place) => {
    const { inputDim, outputDim } = values;
    const { name, inputShape, readsRows } = place;
    if (!readsRows) {
      throw new UsageError(
        `${name}: its input must be that of the model, whose numbers are checked; got another layer's output.`,
      );
    }
    const table = createWeight(place, {
      part: "embeddings",
      shape: [inputDim, outputDim],
      initializer: initializers[values.embeddingsInitializer],
      decays: true,
      regularizer: values.embeddingsRegularizer,
      constraint: values.embeddingsConstraint,
    });
    const outputShape = [...inputShape, outputDim];
    return {
      outputShape,
      weights: [table],
      indices: inputDim,
      apply: (x) => {
        const numbers = ops.reshape(ops.cast(x, "int32"), [sizeOf(x.shape)]);
        const vectors = ops.gatherRows(table.variable, numbers);
        return { output: ops.reshape(vectors, [x.shape[0], ...outputShape]) };
      },
    };
  },
});
