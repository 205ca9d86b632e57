/** @file An optimizer at work: the update of every weight, and the slots in which it remembers. */
import { gradients, ops, type Tensor, type Variable } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import { resolveSpec } from "../component.js";
import type { Weight } from "../layers/define.js";
import { accumulating } from "./accumulation.js";
import { clipGradients } from "./clipping.js";
import type { OptimizerDefinition, OptimizerSpec } from "./define.js";
import { initialVariable, rateAt, type LearningRate } from "./learningRate.js";
import { optimizers } from "./list.js";
import type { SharedValues } from "./shared.js";
import { sharpnessAwareGradients } from "./sharpness.js";
import { createSlots, type Slots } from "./slots.js";

/** What an update needs to know of a weight. */
export type UpdatedWeight = Pick<Weight, "variable" | "decays" | "regularizer" | "constraint">;

export interface Optimizer {
  /** What the variable `learningRate` of {@link updates} starts with. */
  readonly initialRate: number;
  /** The gradients that the update follows: of the objective, where the optimizer wants to know them. */
  readonly gradients: (objective: Tensor, weights: readonly UpdatedWeight[]) => readonly Tensor[];
  /**
   * The new value of each weight and of each slot.
   *
   * @param gradients - the gradient of each weight, in order
   * @param counters.step - batches before this one; [], int32
   * @param counters.learningRate - see {@link rateAt}
   */
  readonly updates: (
    weights: readonly UpdatedWeight[],
    gradients: readonly Tensor[],
    counters: { readonly learningRate: Tensor; readonly step: Tensor },
  ) => Map<Variable, Tensor>;
  /** What it remembers, once `updates` was called. */
  readonly slots: Pick<Slots, "all" | "initialValues">;
}

/** `w - learningRate weightDecay w` where decay applies. */
function decayed(
  { variable: weight, decays }: UpdatedWeight,
  learningRate: Tensor,
  { weightDecay = 0 }: SharedValues,
): Tensor {
  if (!decays || weightDecay === 0) return weight;
  return ops.subtract(weight, ops.multiply(weight, ops.multiply(learningRate, weightDecay)));
}

/** After the optimizer's own rule: the proximal step of a penalty, then the constraint. */
function settled(
  updated: Tensor,
  stepSize: Tensor,
  { regularizer, constraint }: UpdatedWeight,
): Tensor {
  const shrunk = regularizer?.proximal?.(updated, stepSize) ?? updated;
  return constraint?.(shrunk) ?? shrunk;
}

function checkProximal(
  { title, takesProximalSteps = true }: OptimizerDefinition,
  weights: readonly UpdatedWeight[],
): void {
  const refused = weights.find(({ regularizer }) => regularizer?.proximal !== undefined);
  if (takesProximalSteps || refused === undefined) return;
  throw new UsageError(
    `${title}: weights must have no penalty with proximal steps; ${refused.variable.attributes.name} has one. ` +
      'Give the penalty method: "subgradient", or take another optimizer.',
  );
}

/**
 * The optimizer that a spec describes. One update is, in Keras' order: the mean of accumulated
 * gradients, their clipping, weight decay, the optimizer's own rule, then proximal steps and constraints.
 *
 * @throws UsageError naming the unknown optimizer or the first value out of range
 */
export function createOptimizer(spec: OptimizerSpec): Optimizer {
  const { definition, values } = resolveSpec("optimizer", optimizers, spec);
  const shared = values as SharedValues;
  const { gradientAccumulationSteps: steps = 1, sharpnessRadius = 0 } = shared;
  const rate = values.learningRate as LearningRate;
  const slots = createSlots();
  return {
    initialRate: initialVariable(rate),
    slots,
    gradients: (objective, weights) => {
      const variables = weights.map(({ variable }) => variable);
      return sharpnessRadius === 0
        ? gradients(objective, variables)
        : sharpnessAwareGradients(objective, variables, sharpnessRadius);
    },
    updates: (weights, slopes, { learningRate: rateVariable, step: batches }) => {
      checkProximal(definition, weights);
      const variables = weights.map(({ variable }) => variable);
      const accumulation = { gradients: slopes, weights: variables, before: batches, steps, slots };
      return accumulating(accumulation, ({ gradients: means, before }) => {
        const step = ops.cast(ops.add(before, 1), "float32");
        const learningRate = rateAt(rate, rateVariable, before);
        const result = new Map<Variable, Tensor>();
        clipGradients(means, shared).forEach((gradient, i) => {
          const weight = weights[i];
          const updated = definition.update(decayed(weight, learningRate, shared), gradient, {
            values,
            learningRate,
            step,
            slot: (name, options) => slots.of(weight.variable, name, options),
          });
          const stepSize = updated.stepSize ?? learningRate;
          result.set(weight.variable, settled(updated.weight, stepSize, weight));
          for (const [name, value] of Object.entries(updated.slots)) {
            result.set(slots.of(weight.variable, name), value);
          }
        });
        return result;
      });
    },
  };
}
