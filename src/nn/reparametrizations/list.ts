/** @file The definitions of the reparametrizations that a spec can name. */
import { resolveSpec, type Spec } from "../component.js";
import { optional, type PartParameter } from "../parameters.js";
import { checkSpec } from "../part.js";
import * as all from "./all.js";
import type { BuiltReparametrization, KernelPlace, ReparametrizationDefinition } from "./define.js";

const NOUN = "reparametrization";
const reparametrizations: readonly ReparametrizationDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

const parameter: PartParameter<Spec> = {
  kind: "part",
  forms: [{ kind: "spec", noun: NOUN, list: reparametrizations }],
  check: (who, name, value) =>
    checkSpec({ who: `${who}: ${name}`, noun: NOUN }, reparametrizations, value),
};

/** A layer's parameter that holds one of them. */
export const reparametrizationParameter = optional(parameter);

/** The kernel that a layer uses: the trained one itself, without a reparametrization. */
export function reparametrize(given: Spec | undefined, place: KernelPlace): BuiltReparametrization {
  if (given === undefined) {
    return { weights: [], apply: () => ({ kernel: place.kernel.variable }) };
  }
  const { definition, values } = resolveSpec(NOUN, reparametrizations, given);
  return definition.build(values, place);
}
