/** @file Numbers as the command line writes them. */

/** A duration in two units at most: "8 s", "1 min 40 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A share as a percentage with two decimals: 0.98123 is "98.12 %". */
export const formatPercent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** A loss with four decimals. */
export const formatLoss = (loss: number): string => loss.toFixed(4);

/** "1 trial", "2 trials"; thousands are set apart by commas. */
export const formatCount = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** Rising whole numbers with runs drawn together: "1-3, 5". */
export function formatRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

/** `width` characters, the first `share` of them filled. */
export function formatBar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}
