/** @file The learning rate of an optimizer: a number, or a schedule. */
import { ops, type Tensor } from "../../graph/index.js";
import { checkParameter, real } from "../../util/index.js";
import { resolveSpec, type Spec } from "../component.js";
import type { PartParameter } from "../parameters.js";
import { checkSpec } from "../part.js";
import { schedules } from "../schedules/list.js";

export type LearningRate = number | Spec;

/** Declares the learning rate. */
export function learningRateParameter(options: {
  readonly default: number;
  readonly search: readonly [number, number];
}): PartParameter<LearningRate> {
  const number = real({ min: 0, minOpen: true, ...options });
  return {
    kind: "part",
    forms: [number, { kind: "spec", noun: "schedule", list: schedules }],
    default: options.default,
    check: (who, name, value) =>
      typeof value === "object" && value !== null
        ? checkSpec({ who: `${who}: ${name}`, noun: "schedule" }, schedules, value)
        : checkParameter(who, name, number, value),
  };
}

/**
 * The rate of one update.
 *
 * @param variable - the rate itself where it is a number, so that a training can change it; the factor
 *   of the schedule's rate where there is one
 * @param step - updates made before; [], int32
 */
export function rateAt(rate: LearningRate, variable: Tensor, step: Tensor): Tensor {
  if (typeof rate === "number") return variable;
  const { definition, values } = resolveSpec("schedule", schedules, rate);
  const scheduled = definition.rate(ops.cast(step, "float32"), values);
  return ops.multiply(scheduled, variable);
}

/** What the variable of {@link rateAt} starts with. */
export const initialVariable = (rate: LearningRate): number =>
  typeof rate === "number" ? rate : 1;
