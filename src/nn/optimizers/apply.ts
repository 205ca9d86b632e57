/** @file An optimizer at work: the update of every weight, and the slots in which it remembers. */
import { ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { checkValues, findByKind } from "../component.js";
import type { Weight } from "../layers/define.js";
import { clipGradients } from "./clipping.js";
import type { OptimizerDefinition, OptimizerSpec } from "./define.js";
import { initialVariable, rateAt, type LearningRate } from "./learningRate.js";
import { optimizers } from "./list.js";
import type { SharedValues } from "./shared.js";

/** What an update needs to know of a weight. */
export type UpdatedWeight = Pick<Weight, "variable" | "decays" | "regularizer" | "constraint">;

export interface Optimizer {
  /** What the variable `learningRate` of {@link updates} starts with. */
  readonly initialRate: number;
  /**
   * The new value of each weight and of each slot. Slots are created once: programs that are compiled
   * from several calls share them.
   *
   * @param gradients - the gradient of each weight, in order
   * @param counters.step - updates made before this one; [], int32
   * @param counters.learningRate - see {@link rateAt}
   */
  readonly updates: (
    weights: readonly UpdatedWeight[],
    gradients: readonly Tensor[],
    counters: { readonly learningRate: Tensor; readonly step: Tensor },
  ) => Map<Variable, Tensor>;
  /** What it remembers, once `updates` was called. */
  readonly slots: () => readonly Variable[];
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

/**
 * The optimizer that a spec describes. One update is, in Keras' order: weight decay, clipping of
 * gradients, the optimizer's own rule, then proximal steps and constraints.
 *
 * @throws UsageError naming the unknown optimizer or the first value out of range
 */
export function createOptimizer({ kind, ...given }: OptimizerSpec): Optimizer {
  const definition: OptimizerDefinition = findByKind("optimizer", optimizers, kind);
  const values = checkValues(definition, given);
  const shared = values as SharedValues;
  const rate = values.learningRate as LearningRate;
  const slots = new Map<string, Variable>();
  const slotOf = (weight: Variable, name: string): Variable => {
    const path = `${weight.attributes.name}/${name}`;
    const slot =
      slots.get(path) ?? variable({ name: path, shape: weight.shape, purpose: "optimizer" });
    slots.set(path, slot);
    return slot;
  };
  return {
    initialRate: initialVariable(rate),
    slots: () => [...slots.values()],
    updates: (weights, gradients, { learningRate: rateVariable, step: before }) => {
      const step = ops.cast(ops.add(before, 1), "float32");
      const learningRate = rateAt(rate, rateVariable, before);
      const result = new Map<Variable, Tensor>();
      clipGradients(gradients, shared).forEach((gradient, i) => {
        const weight = weights[i];
        const slot = (name: string): Variable => slotOf(weight.variable, name);
        const start = decayed(weight, learningRate, shared);
        const context = { values, learningRate, step, slot };
        const updated = definition.update(start, gradient, context);
        const stepSize = updated.stepSize ?? learningRate;
        result.set(weight.variable, settled(updated.weight, stepSize, weight));
        for (const [name, value] of Object.entries(updated.slots)) result.set(slot(name), value);
      });
      return result;
    },
  };
}
