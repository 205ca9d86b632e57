/** @file A part of a component: another component in one of its parameters, or a function of the user's. */
import { UsageError } from "../util/index.js";
import { resolveSpec, type Component, type CustomPart, type Spec } from "./component.js";
import type { PartParameter } from "./parameters.js";

/** The spec with its defaults, or the user's own function as it is. */
export type Part = Spec | CustomPart;

function isSpec(value: unknown): value is Spec {
  return typeof value === "object" && value !== null && typeof (value as Spec).kind === "string";
}

/**
 * A spec with its defaults filled in, checked against the list.
 *
 * @param who - subject of the sentence, with the parameter: "Dense: kernelRegularizer"
 * @throws UsageError unless it is a spec of a component in the list
 */
export function checkSpec(
  { who, noun }: { readonly who: string; readonly noun: string },
  list: readonly Component[],
  value: unknown,
): Spec {
  if (!isSpec(value)) {
    throw new UsageError(
      `${who} must be a ${noun} such as ${list[0].kind}(); got ${JSON.stringify(value) ?? String(value)}.`,
    );
  }
  return { kind: value.kind, ...resolveSpec(noun, list, value).values };
}

/**
 * Declares a parameter that holds another component, or a function of the user's.
 *
 * @param noun - "regularizer", "constraint"
 */
export function part(noun: string, list: readonly Component[]): PartParameter<Part> {
  return {
    kind: "part",
    forms: [{ kind: "spec", noun, list }],
    check: (who, name, value) =>
      typeof value === "function"
        ? (value as CustomPart)
        : checkSpec({ who: `${who}: ${name}`, noun }, list, value),
  };
}
