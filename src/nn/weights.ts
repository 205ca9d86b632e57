/** @file Weights as named arrays on the host: out of a model, and into one. */
import { sizeOf, type Shape, type Variable } from "../graph/index.js";
import type { Engine } from "../runtime/index.js";
import { InternalError, unknownName, UsageError } from "../util/index.js";
import type { Network } from "./network.js";

/** One weight: a kernel, a bias. */
export interface WeightArray {
  /** "dense_1/kernel" */
  readonly name: string;
  readonly shape: Shape;
  /** Row-major. */
  readonly values: Float32Array;
}

/** A copy of a variable of float32. */
export function readFloats(engine: Engine, variable: Variable): Float32Array {
  const values = engine.read(variable);
  if (values instanceof Float32Array) return values;
  throw new InternalError(`${variable.attributes.name} must be float32; got ${variable.dtype}.`);
}

/** Copies of the values, with names and shapes, in the order of the layers. */
export function nameWeights(
  { weights }: Network,
  values: readonly Float32Array[],
): readonly WeightArray[] {
  return weights.map(({ name, variable }, i) => ({
    name,
    shape: variable.shape,
    values: values[i].slice(),
  }));
}

/**
 * The values in the network's order.
 *
 * @throws UsageError unless each weight of the network is given once, with the right number of values
 */
export function orderWeights(
  { weights }: Network,
  given: readonly Pick<WeightArray, "name" | "values">[],
): readonly Float32Array[] {
  const known = weights.map(({ name }) => name);
  const stranger = given.find(({ name }) => !known.includes(name));
  if (stranger) {
    throw new UsageError(`setWeights: ${unknownName("weight", stranger.name, known).message}`);
  }
  return weights.map(({ name, variable }) => {
    const found = given.filter((weight) => weight.name === name);
    if (found.length !== 1) {
      throw new UsageError(`setWeights: ${name} must be given once; got it ${found.length} times.`);
    }
    const [{ values }] = found;
    if (values.length !== sizeOf(variable.shape)) {
      throw new UsageError(
        `setWeights: ${name} must have ${sizeOf(variable.shape)} values ` +
          `for [${variable.shape.join(", ")}]; got ${values.length}.`,
      );
    }
    return values.slice();
  });
}
