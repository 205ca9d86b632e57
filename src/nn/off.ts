/** @file Whether a component is switched off: by its declared off values. */
import type { Declarations } from "./parameters.js";

/**
 * True if every parameter that has a declared off value has it, and there is one. Such a component is
 * left out, so that results are those of a model without it, bit for bit.
 */
export function isOff(params: Declarations, values: Readonly<Record<string, unknown>>): boolean {
  const switches = Object.entries(params).flatMap(([name, declared]) =>
    "off" in declared && declared.off !== undefined ? [values[name] === declared.off] : [],
  );
  return switches.length > 0 && switches.every((isAtOff) => isAtOff);
}
