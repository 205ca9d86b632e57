/** @file An optimizer at work: the update of every weight, and the slots in which it remembers. */
import { ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { checkValues, findByKind } from "../component.js";
import type { OptimizerSpec } from "./define.js";
import { optimizers } from "./list.js";

export interface Optimizer {
  /** As the spec gives it, for the first update. */
  readonly learningRate: number;
  /**
   * The new value of each weight and of each slot. Slots are created once: programs that are compiled
   * from several calls share them.
   *
   * @param gradients - the gradient of each weight
   * @param step - updates made before this one; [], int32
   */
  readonly updates: (
    gradients: ReadonlyMap<Variable, Tensor>,
    counters: { readonly learningRate: Tensor; readonly step: Tensor },
  ) => Map<Variable, Tensor>;
}

/**
 * The optimizer that a spec describes.
 *
 * @throws UsageError naming the unknown optimizer or the first value out of range
 */
export function createOptimizer({ kind, ...given }: OptimizerSpec): Optimizer {
  const definition = findByKind("optimizer", optimizers, kind);
  const values = checkValues(definition, given);
  const slots = new Map<string, Variable>();
  const slotOf = (weight: Variable, name: string): Variable => {
    const path = `${weight.attributes.name}/${name}`;
    const slot = slots.get(path) ?? variable({ name: path, shape: weight.shape });
    slots.set(path, slot);
    return slot;
  };
  return {
    learningRate: values.learningRate as number,
    updates: (gradients, { learningRate, step: before }) => {
      const step = ops.cast(ops.add(before, 1), "float32");
      const result = new Map<Variable, Tensor>();
      for (const [weight, gradient] of gradients) {
        const slot = (name: string): Variable => slotOf(weight, name);
        const updated = definition.update(weight, gradient, { values, learningRate, step, slot });
        result.set(weight, updated.weight);
        for (const [name, value] of Object.entries(updated.slots)) result.set(slot(name), value);
      }
      return result;
    },
  };
}
