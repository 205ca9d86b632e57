/** @file Reshape: the elements of each row in another shape. */
import { ops, sizeOf, type Shape } from "../../graph/index.js";
import { integer, UsageError } from "../../util/index.js";
import type { PartParameter } from "../parameters.js";
import { defineLayer } from "./define.js";

/** Stands for the size that the others leave. */
const REST = -1;

const targetShape: PartParameter<readonly number[]> = {
  kind: "part",
  forms: [{ kind: "list", of: integer({ min: REST, default: REST }) }],
  check: (who, name, value) => {
    const sizes: readonly unknown[] = Array.isArray(value) ? value : [];
    const fits = sizes.every(
      (size) => Number.isInteger(size) && ((size as number) >= 1 || size === REST),
    );
    if (sizes.length > 0 && fits && sizes.filter((size) => size === REST).length <= 1) {
      return value as readonly number[];
    }
    throw new UsageError(
      `${who}: ${name} must be a list of sizes of at least 1, one of which may be -1; got ${JSON.stringify(value)}.`,
    );
  },
};

function resolve(who: string, target: Shape, input: Shape): Shape {
  const size = sizeOf(input);
  const rest = size / sizeOf(target.filter((each) => each !== REST));
  const shape = target.map((each) => (each === REST ? rest : each));
  if (Number.isInteger(rest) && sizeOf(shape) === size) return shape;
  throw new UsageError(
    `${who}: targetShape must have the ${size} elements of a row [${input.join(", ")}]; got [${target.join(", ")}].`,
  );
}

/**
 * Gives [rows, ...targetShape] from [rows, ...shape], in row-major order, as in Keras. One size may be -1:
 * what the others leave.
 *
 * @param options.targetShape - of one row
 * @example reshape({ targetShape: [28, 28, 1] })
 */
export const reshape = defineLayer({
  kind: "reshape",
  title: "Reshape",
  params: { targetShape },
  required: ["targetShape"],
  keepsRowShape: true,
  build: (values, { name, inputShape }) => {
    const outputShape = resolve(name, values.targetShape, inputShape);
    return {
      outputShape,
      weights: [],
      apply: (x) => ({ output: ops.reshape(x, [x.shape[0], ...outputShape]) }),
    };
  },
});
