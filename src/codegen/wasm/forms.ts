/** @file Every form of function that V8 is to join pairs of vectors in, in one module: for a check of its compiler. */
import { encodeModule } from "./assembler.js";
import { epilogueForms } from "./epilogueForms.js";
import type { Target } from "./math.js";
import { tileForms, type Form } from "./tileForms.js";

/** What the functions read and write lies within one page. */
export const FORMS_BYTES = 2 ** 16;

/**
 * The module, and the names and parameters of what it exports.
 *
 * @param prefix - comes before each exported name
 */
export function printForms(
  prefix: string,
  target: Target,
): {
  readonly forms: readonly Pick<Form, "name" | "parameters">[];
  readonly code: Uint8Array<ArrayBuffer>;
} {
  const forms = [...tileForms(prefix, target), ...epilogueForms(prefix, target)];
  const memory = { minimum: 1, maximum: 1, shared: false };
  const bodies = forms.map(({ body }) => body);
  return { forms, code: encodeModule(bodies, memory) };
}
