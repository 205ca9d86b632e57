/** @file Labels at the ends of lines, moved apart where they would overlap. */

export interface EndLabel {
  readonly text: string;
  /** Where the line ends, in the axis' unit. */
  readonly y: number;
  readonly color: string;
}

export interface Spacing {
  /** Least distance between two labels, in the axis' unit. */
  readonly gap: number;
  /** No label above it. */
  readonly top: number;
}

/** The labels with their positions moved up, and down again from the top, until none overlap. */
export function spreadLabels<T extends EndLabel>(
  labels: readonly T[],
  { gap, top }: Spacing,
): readonly T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const raised: T[] = [];
  for (const label of sorted) {
    const floor = (raised.at(-1)?.y ?? -Infinity) + gap;
    raised.push({ ...label, y: Math.max(label.y, floor) });
  }
  let ceiling = top;
  return raised.reverse().map((label) => {
    const y = Math.min(label.y, ceiling);
    ceiling = y - gap;
    return { ...label, y };
  });
}

/** At most `length` characters. */
export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
