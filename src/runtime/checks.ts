/** @file Checks and conversions that every engine shares. */
import {
  describeTensor,
  sameShape,
  sizeOf,
  type DType,
  type Tensor,
  type Variable,
} from "../graph/index.js";
import { UsageError } from "../util/index.js";
import type { ProgramDefinition, Values } from "./engine.js";

/** Throws unless the program computes something and every update fits its variable. */
export function checkDefinition(definition: ProgramDefinition): void {
  const { name, outputs = [], updates = new Map<Variable, Tensor>() } = definition;
  if (outputs.length + updates.size === 0) {
    throw new UsageError(`Program ${name}: must have an output or an update; got neither.`);
  }
  for (const [variable, value] of updates) {
    if (!sameShape(variable.shape, value.shape) || variable.dtype !== value.dtype) {
      throw new UsageError(
        `Program ${name}: the update of ${variable.attributes.name} must be ${describeTensor(variable)}; ` +
          `got ${describeTensor(value)}.`,
      );
    }
  }
}

export function checkLength(variable: Variable, values: ArrayLike<number>): void {
  if (values.length !== sizeOf(variable.shape)) {
    throw new UsageError(
      `write: ${variable.attributes.name} must get ${sizeOf(variable.shape)} values ` +
        `for ${describeTensor(variable)}; got ${values.length}.`,
    );
  }
}

/** An array of the type in which a dtype's values are read. */
export function emptyValues(dtype: DType, length: number): Values {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "uint8" ? new Uint8Array(length) : new Int32Array(length);
}
