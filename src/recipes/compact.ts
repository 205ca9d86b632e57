/** @file Specs as people write them: without what is the default anyway. */
import { components, type Component, type PartForm, type Spec } from "../nn/index.js";

type Described = Pick<Component, "kind" | "params" | "required">;
type Declared = Component["params"][string];

const isSpec = (value: unknown): value is Spec =>
  typeof value === "object" && value !== null && "kind" in value;

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether people look for it: what is declared as worth a search is written even if it is the default. */
function isSearched(declared: Declared): boolean {
  if (declared.kind === "part") return declared.forms.some((form) => "search" in form);
  return "search" in declared && declared.search !== undefined;
}

/** A part without its own defaults. */
function compactPart(forms: readonly PartForm[], value: unknown): unknown {
  const list = forms.flatMap((form) => (form.kind === "spec" ? [form.list] : [])).at(0);
  return list !== undefined && isSpec(value) ? compact(list, value) : value;
}

function compact(list: readonly Described[], spec: Spec): Spec {
  const definition = list.find(({ kind }) => kind === spec.kind);
  if (definition === undefined) return spec;
  const { params, required = [] } = definition;
  const entries = Object.entries(spec).flatMap(([name, value]) => {
    const declared: Declared | undefined = Object.hasOwn(params, name) ? params[name] : undefined;
    if (declared === undefined || declared.kind === "optional" || required.includes(name)) {
      const forms =
        declared?.kind === "optional" && declared.of.kind === "part" ? declared.of.forms : [];
      return [[name, compactPart(forms, value)]];
    }
    if (equal(value, declared.default) && !isSearched(declared)) return [];
    return [[name, declared.kind === "part" ? compactPart(declared.forms, value) : value]];
  });
  return Object.fromEntries(entries) as Spec;
}

/**
 * The spec without parameters that have their default, but for those that are worth a search.
 *
 * @param noun - which list it is from: "layer"
 */
export const compactSpec = (noun: keyof typeof components, spec: Spec): Spec =>
  compact(components[noun], spec);
