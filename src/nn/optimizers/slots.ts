/** @file Slots: what an optimizer remembers for each weight, as variables. */
import { variable, type Variable } from "../../graph/index.js";

/** Slots by weight and name, each created once: programs that are compiled one by one share them. */
export interface Slots {
  /** The slot of this name for a weight, of its shape. */
  readonly of: (weight: Variable, name: string, options?: { readonly initial: number }) => Variable;
  readonly all: () => readonly Variable[];
  /** Those whose elements do not start with 0, and what they start with. */
  readonly initialValues: () => ReadonlyMap<Variable, number>;
}

export function createSlots(): Slots {
  const slots = new Map<string, Variable>();
  const initialValues = new Map<Variable, number>();
  return {
    of: (weight, name, { initial } = { initial: 0 }) => {
      const path = `${weight.attributes.name}/${name}`;
      const slot =
        slots.get(path) ?? variable({ name: path, shape: weight.shape, purpose: "optimizer" });
      slots.set(path, slot);
      if (initial !== 0) initialValues.set(slot, initial);
      return slot;
    },
    all: () => [...slots.values()],
    initialValues: () => initialValues,
  };
}
