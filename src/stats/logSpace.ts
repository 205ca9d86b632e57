/** @file Evenly spaced points on a logarithmic scale, for sweeps of strengths. */
import { checkParameter, integer, real } from "../util/index.js";

const END = real({ min: 0, minOpen: true, default: 1, advice: "A logarithmic grid has no 0." });
const COUNT = integer({ min: 2, max: 10_000, default: 7 });

/** Powers of ten come out as they are written: 1e-5, not 1.0000000000000003e-5. */
const tidy = (value: number): number => Number(value.toPrecision(15));

/**
 * `count` numbers from `first` to `last`, both included, each the same factor from the one before.
 *
 * NumPy calls this `geomspace`; its `logspace` takes exponents. Values are rounded to 15 significant
 * digits, and the ends are exact.
 *
 * @param first - above 0
 * @param last - above 0; may be below `first`
 * @param options - `count`, a whole number of at least 2
 * @throws UsageError naming the number out of range.
 * @example
 * logSpace(1e-3, 1e-1, { count: 3 }); // [0.001, 0.01, 0.1]
 */
export function logSpace(first: number, last: number, options: { count: number }): number[] {
  const from = Math.log10(checkParameter("logSpace", "first", END, first));
  const to = Math.log10(checkParameter("logSpace", "last", END, last));
  const count = checkParameter("logSpace", "count", COUNT, options.count);
  const points = Array.from({ length: count }, (_, index) =>
    tidy(10 ** (from + ((to - from) * index) / (count - 1))),
  );
  return [first, ...points.slice(1, -1), last];
}
