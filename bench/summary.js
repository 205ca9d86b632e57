/** @file What the turns of the peers say: medians, ratios within a round, the share of the peak. */
import { countOperations } from "./works.js";

const quantile = (values, q) => {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
};
const median = (values) => quantile(values, 0.5);

/** How many times as long as the other, as the median over the rounds that both took part in. */
function ratioTo(entry, other) {
  const pairs = entry.turns.flatMap(({ round, milliseconds }) => {
    const turn = other.turns.find((candidate) => candidate.round === round);
    return turn === undefined ? [] : [milliseconds / turn.milliseconds];
  });
  return pairs.length === 0 ? undefined : median(pairs);
}

/** The share of what the micro-kernel reached on one core, in the same moment, times the threads. */
function peakShare({ turns, variant }, operations) {
  const shares = turns.flatMap(({ milliseconds, peak }) =>
    peak === undefined ? [] : [operations / milliseconds / 1e6 / (peak * variant.threads)],
  );
  if (shares.length === 0) return undefined;
  return { share: median(shares), gigaflops: median(turns.map(({ peak }) => peak)) };
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
        : { peak: peakShare(entry, operations), speedup: speedup(entry, entries) }),
      memory: turns.at(-1).memory,
    };
  });
}
