/** @file A learning rate that is constant piece by piece. */
import { ops } from "../../graph/index.js";
import {
  checkParameter,
  integer,
  real,
  UsageError,
  type IntegerParameter,
  type RealParameter,
} from "../../util/index.js";
import type { PartParameter } from "../parameters.js";
import { defineSchedule } from "./define.js";

/** A list of numbers, each in a declared range. */
function listOf(each: RealParameter | IntegerParameter): PartParameter<readonly number[]> {
  return {
    kind: "part",
    forms: [{ kind: "list", of: each }],
    check: (who, name, value) => {
      if (!Array.isArray(value) || value.length === 0) {
        throw new UsageError(
          `${who}: ${name} must be a list of numbers; got ${JSON.stringify(value)}.`,
        );
      }
      return value.map((entry: unknown, i) => checkParameter(who, `${name}[${i}]`, each, entry));
    },
  };
}

/**
 * `values[0]` while `step <= boundaries[0]`, then `values[1]` while `step <= boundaries[1]`, and so on;
 * the last value after the last boundary.
 *
 * Keras' `PiecewiseConstantDecay`, whose pieces include their boundary: the update after which `boundary`
 * updates have been made still has the old rate. PyTorch's `MultiStepLR` changes one update earlier.
 *
 * @param options.boundaries - numbers of updates, increasing
 * @param options.values - learning rates, one more than boundaries
 * @example sgd({ learningRate: piecewiseConstant({ boundaries: [1000], values: [0.1, 0.01] }) })
 */
export const piecewiseConstant = defineSchedule({
  kind: "piecewiseConstant",
  title: "PiecewiseConstant",
  params: {
    boundaries: listOf(integer({ min: 0, default: 0 })),
    values: listOf(real({ min: 0, default: 0 })),
  },
  required: ["boundaries", "values"],
  check: ({ boundaries, values }) => {
    if (values.length !== boundaries.length + 1) {
      throw new UsageError(
        `PiecewiseConstant: values must be one more than boundaries; got ${values.length} for ${boundaries.length}.`,
      );
    }
    const increase = boundaries.every((boundary, i) => i === 0 || boundary > boundaries[i - 1]);
    if (increase) return;
    throw new UsageError(
      `PiecewiseConstant: boundaries must increase; got [${boundaries.join(", ")}].`,
    );
  },
  rate: (step, { boundaries, values }) =>
    boundaries.reduce(
      (rate, boundary, i) => ops.select(ops.less(boundary, step), values[i + 1], rate),
      ops.constant(values[0]),
    ),
});
