/** @file What the turns of the peers say: medians, ratios within a round, the share of the peak. */
import { meanRate } from "./peers/atOnce.js";
import { countOperations } from "./works.js";

const quantile = (values, q) => {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
};
const median = (values) => quantile(values, 0.5);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How many times as long as the other, as the median over the rounds that both took part in. */
function ratioTo(entry, other) {
  const pairs = entry.turns.flatMap(({ round, milliseconds }) => {
    const turn = other.turns.find((candidate) => candidate.round === round);
    return turn === undefined ? [] : [milliseconds / turn.milliseconds];
  });
  return pairs.length === 0 ? undefined : median(pairs);
}

/**
 * What the micro-kernel reached in the same moments, on all threads of the row at once, and the step's share of it.
 *
 * @param turns - of each the `peaks` before and after it, in GFLOP/s: of one thread `alone`, and of all `together`
 *   if they ran at the same time; and what all `sustained`, in turns with its epochs and as long as they
 * @returns medians over the `turns` in which all ran: `share` is of the peak, `sustainedShare` of what was sustained;
 *   `gain` is that of all together to one alone
 */
function peakShare(turns, operations) {
  if (turns.every(({ peaks }) => peaks === undefined)) return undefined;
  const rates = turns.flatMap(({ milliseconds, peaks, sustained: means }) => {
    const ran = [...peaks.map(({ together }) => together), ...means];
    // JSON has no undefined.
    if (ran.some((rate) => rate === undefined || rate === null)) return [];
    const together = mean(peaks.map((peak) => peak.together));
    const alone = mean(peaks.map((peak) => peak.alone));
    const sustained = meanRate(means);
    const reached = operations / milliseconds / 1e6;
    return [
      {
        ...{ share: reached / together, gigaflops: together, alone, gain: together / alone },
        ...{ sustained, sustainedShare: reached / sustained },
      },
    ];
  });
  if (rates.length === 0) return { turns: 0 };
  const medianOf = (name) => median(rates.map((rate) => rate[name]));
  const names = ["share", "gigaflops", "alone", "gain", "sustained", "sustainedShare"];
  return {
    ...Object.fromEntries(names.map((name) => [name, medianOf(name)])),
    turns: rates.length,
  };
}

/** How many times as fast as the same engine on one thread. */
function speedup(entry, entries) {
  const { form, isHoldout, threads } = entry.variant;
  const alone = entries.find(
    ({ variant, turns }) =>
      variant.form === form && variant.threads === 1 && variant.isHoldout && turns.length,
  );
  if (!isHoldout || threads === 1 || alone === undefined) return undefined;
  return 1 / ratioTo(entry, alone);
}

/** @param entries - see runRounds */
export function summarize(entries, work) {
  const operations = countOperations(work);
  const references = entries.filter(({ variant, turns }) => variant.isHoldout && turns.length > 0);
  return entries.map((entry) => {
    const { name, threads, way, isHoldout = false } = entry.variant;
    const { versions, turns, firstLoss } = entry;
    const reason = entry.reason ?? (turns.length === 0 ? "interrupted" : undefined);
    const who = { name, threads, way, isHoldout, versions };
    if (reason !== undefined) return { ...who, reason };
    const times = turns.map(({ milliseconds }) => milliseconds);
    const loss = { first: turns.at(-1).firstLoss ?? firstLoss, last: entry.lastLoss };
    return {
      ...who,
      turns: turns.length,
      milliseconds: {
        median: median(times),
        low: quantile(times, 0.25),
        high: quantile(times, 0.75),
      },
      loss: { ...loss, falls: loss.last < loss.first },
      ratios: references
        .filter(({ variant }) => work.trainings || variant.threads === threads)
        .map((reference) => ({ to: reference.variant.name, ratio: ratioTo(entry, reference) })),
      ...(work.trainings
        ? {}
        : { peak: peakShare(turns, operations), speedup: speedup(entry, entries) }),
      memory: turns.at(-1).memory,
    };
  });
}
