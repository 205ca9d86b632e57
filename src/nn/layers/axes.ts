/** @file Axes as a layer's parameter, counted as Keras counts them: 0 is that of the rows. */
import { integer, UsageError } from "../../util/index.js";
import type { PartParameter } from "../parameters.js";

export type Axes = number | readonly number[];

const anyAxis = integer({ min: -Infinity, default: -1 });

const isAxis = (value: unknown): boolean => Number.isInteger(value) && value !== 0;

/** Declares one axis. The axis of the rows is refused: no row may depend on how a batch is made up. */
export function axis(options: { readonly default: number }): PartParameter<number> {
  return {
    kind: "part",
    forms: [anyAxis],
    ...options,
    check: (who, name, value) => {
      if (isAxis(value)) return value as number;
      throw new UsageError(
        `${who}: ${name} must be a whole number, from 1 on or from -1 down; got ${JSON.stringify(value)}. Axis 0 is that of the rows.`,
      );
    },
  };
}

/** Declares one axis or several. */
export function axes(options: { readonly default: Axes }): PartParameter<Axes> {
  return {
    kind: "part",
    forms: [anyAxis, { kind: "list", of: anyAxis }],
    ...options,
    check: (who, name, value) => {
      const isList = Array.isArray(value) && value.length > 0 && value.every(isAxis);
      if (isList || isAxis(value)) return value as Axes;
      throw new UsageError(
        `${who}: ${name} must be a whole number, from 1 on or from -1 down, or a list of them; got ${JSON.stringify(value)}. Axis 0 is that of the rows.`,
      );
    },
  };
}

/**
 * The axes of a batch that are meant, from 1 on, increasing.
 *
 * @param rank - number of axes of one row
 */
export function resolveAxes(who: string, given: Axes, rank: number): readonly number[] {
  const resolved = [given].flat().map((each) => (each < 0 ? each + rank + 1 : each));
  if (resolved.some((each) => each < 1 || each > rank)) {
    throw new UsageError(
      `${who}: axis must lie in 1 to ${rank}, or -${rank} to -1, for rows of ${rank} axes; got ${String(given)}.`,
    );
  }
  if (new Set(resolved).size < resolved.length) {
    throw new UsageError(`${who}: axis must name each axis once; got ${String(given)}.`);
  }
  return resolved.sort((a, b) => a - b);
}
