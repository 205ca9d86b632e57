/** @file The definitions of the averagings that a spec can name. */
import { resolveSpec } from "../component.js";
import { checkSpec } from "../part.js";
import * as all from "./all.js";
import type { AveragingDefinition, AveragingSpec } from "./define.js";

export const averagings: readonly AveragingDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

/** A spec with its defaults filled in, checked for a training of so many epochs. */
export function checkAveraging(value: unknown, epochs: number): AveragingSpec {
  const spec = checkSpec({ who: "fit: averaging", noun: "averaging" }, averagings, value);
  const { definition, values } = resolveSpec("averaging", averagings, spec);
  definition.checkEpochs?.(epochs, values);
  return spec;
}
