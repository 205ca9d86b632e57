/** @file Keys of studies and trials: equal keys mean equal numbers, bit for bit. */
import { sha256 } from "../data/index.js";
import type { StudyDesign, TrialSpec } from "./plan.js";
import type { DataDescription, Environment } from "./results.js";

/** What decides numbers beside the recipe and the seed. */
export interface KeyContext {
  readonly data: DataDescription;
  readonly environment: Pick<Environment, "holdout" | "engine">;
}

/** JSON whose text does not depend on the order in which properties were set. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, canonical(part)]),
  );
}

const hashOf = (value: unknown): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify(canonical(value))));

const contextOf = ({ data, environment: { holdout, engine } }: KeyContext) => ({
  data: data.hash,
  holdout,
  engine,
});

/** Of a design: with more seeds it is another study, which shares the trials of this one. */
export const studyKey = (design: StudyDesign, context: KeyContext): Promise<string> =>
  hashOf({ design, ...contextOf(context) });

/** Arms of equal recipes share their trials, whatever they are called. */
export const trialKey = ({ recipe, seed }: TrialSpec, context: KeyContext): Promise<string> =>
  hashOf({ recipe, seed, ...contextOf(context) });
