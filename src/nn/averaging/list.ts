/** @file The definitions of the averagings that a spec can name. */
import { checkValues, findByKind } from "../component.js";
import { checkSpec } from "../part.js";
import * as all from "./all.js";
import type { AveragingDefinition, AveragingSpec } from "./define.js";

export const averagings: readonly AveragingDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

/** A spec with its defaults filled in, checked for a training of so many epochs. */
export function checkAveraging(value: unknown, epochs: number): AveragingSpec {
  const spec = checkSpec({ who: "fit: averaging", noun: "averaging" }, averagings, value);
  const { kind, ...given } = spec;
  const definition = findByKind("averaging", averagings, kind);
  definition.checkEpochs?.(epochs, checkValues(definition, given));
  return spec;
}
