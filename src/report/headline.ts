/** @file The verdict of a study as a title, and the sentences that complete it. */
import { FEWEST_PAIRS } from "../stats/index.js";
import type { ArmResult, Comparison, StudyResult, Verdict } from "../study/index.js";
import { list, plural } from "./format.js";
import { stoppingSentence } from "./errorRate.js";

/** The first thing a reader sees. */
export interface Headline {
  readonly title: string;
  /** Sentences that complete it. */
  readonly rest: readonly string[];
}

/** The comparisons of one arm with one baseline. */
export interface Pairing {
  readonly arm: string;
  readonly baseline: string;
  readonly comparisons: readonly Comparison[];
}

/** Comparisons grouped by the two arms that they compare, in the study's order. */
export function pairings({ comparisons }: Pick<StudyResult, "comparisons">): readonly Pairing[] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const key = JSON.stringify([comparison.arm, comparison.baseline]);
    groups.set(key, [...(groups.get(key) ?? []), comparison]);
  }
  return [...groups.values()].map((group) => ({
    arm: group[0].arm,
    baseline: group[0].baseline,
    comparisons: group,
  }));
}

const SEEDS_ADVICE =
  `A verdict needs ${FEWEST_PAIRS} or more paired seeds that differ; ` + "5 or more are advisable.";

/** The verdict on one pair of arms: claims in the title, what cannot be claimed after it. */
export function pairingHeadline({ arm, baseline, comparisons }: Pairing): Headline {
  const measures = (wanted: Verdict): readonly string[] =>
    comparisons.filter(({ verdict }) => verdict === wanted).map(({ metric }) => metric);
  const [better, worse] = [measures("better"), measures("worse")];
  const [same, few] = [measures("no detectable difference"), measures("too few seeds to tell")];
  const phrase = (metrics: readonly string[]): string =>
    metrics.length === comparisons.length && metrics.length > 1
      ? `all ${metrics.length} measures`
      : list(metrics);
  const claims = [
    ...(better.length > 0 ? [`better than ${baseline} in ${phrase(better)}`] : []),
    ...(worse.length > 0 ? [`worse than ${baseline} in ${phrase(worse)}`] : []),
  ];
  const rest = [
    ...(same.length > 0 ? [`No detectable difference in ${list(same)}.`] : []),
    ...(few.length > 0 ? [`Too few seeds to tell about ${list(few)}.`] : []),
  ];
  if (claims.length > 0) return { title: `${arm} is ${claims.join(", but ")}.`, rest };
  return same.length > 0
    ? { title: `No detectable difference between ${arm} and ${baseline}.`, rest: rest.slice(1) }
    : { title: `Too few seeds to tell ${arm} from ${baseline}.`, rest: [SEEDS_ADVICE] };
}

/** The arms that share one error rate: those of one baseline, on one metric. */
type Family = readonly Comparison[];

/** Longer lists of names are told as a number. */
const MOST_NAMES = 3;

const namesOf = (family: Family, wanted: Verdict): readonly string[] =>
  family.filter(({ verdict }) => verdict === wanted).map(({ arm }) => arm);

const subject = (names: readonly string[], family: Family): string =>
  names.length <= MOST_NAMES ? list(names) : `${names.length} of ${family.length} arms`;

const be = (names: readonly string[]): string => (names.length === 1 ? "is" : "are");

/** What one metric says of all arms of one baseline. Holm's procedure lets it name each of them. */
function familyTitle(family: Family): string {
  const [{ arm, baseline, metric }] = family;
  const [better, worse] = [namesOf(family, "better"), namesOf(family, "worse")];
  const tail = `than ${baseline} in ${metric}`;
  const claim = (names: readonly string[], word: string): string =>
    `${subject(names, family)} ${be(names)} ${word}`;
  if (better.length > 0 && worse.length > 0) {
    return `${claim(better, "better")} ${tail}, but ${claim(worse, "worse")}.`;
  }
  if (better.length > 0) return `${claim(better, "better")} ${tail}.`;
  if (worse.length > 0) return `${claim(worse, "worse")} ${tail}.`;
  const arms = family.length === 1 ? arm : `any of ${family.length} arms`;
  return namesOf(family, "too few seeds to tell").length === family.length
    ? `Too few seeds to tell ${arms} from ${baseline} in ${metric}.`
    : `No detectable difference in ${metric} between ${baseline} and ${arms}.`;
}

/** "Test loss: a and b better, c worse, 2 without a detectable difference." */
function familySentence(family: Family): string {
  const { metric } = family[0];
  const groups = [
    ["better", "better"],
    ["worse", "worse"],
    ["no detectable difference", "without a detectable difference"],
    ["too few seeds to tell", "with too few seeds to tell"],
  ] as const;
  const parts = groups
    .map(([verdict, words]) => ({ names: namesOf(family, verdict), words }))
    .filter(({ names }) => names.length > 0)
    .map(({ names, words }) =>
      names.length === family.length && names.length > 1
        ? `all ${words}`
        : `${subject(names, family)} ${words}`,
    );
  return `${metric[0].toUpperCase()}${metric.slice(1)}: ${parts.join("; ")}.`;
}

/** The strengths that a sweep's validation losses choose, as a sentence; none if trials are missing. */
function sweepSentences({ sweeps, sizes }: StudyResult): readonly string[] {
  return sweeps.flatMap(({ name, points, best, oneStandardError, trainRows }) => {
    if (best === null) return [];
    const place = sizes === undefined ? "" : ` on ${plural(trainRows, "training row")}`;
    const lowest = `${points[best].arm} has the lowest validation loss`;
    const strongest =
      oneStandardError === null
        ? ""
        : oneStandardError === best
          ? ", and nothing stronger is within one standard error of it"
          : `; ${points[oneStandardError].arm} is the strongest within one standard error of it`;
    return [`Of ${name}${place}, ${lowest}${strongest}.`];
  });
}

/** The families of the first metric, one a baseline: one for each number of training rows. */
function firstFamilies({ comparisons }: StudyResult): readonly Family[] {
  const [{ metric }] = comparisons;
  const first = comparisons.filter((comparison) => comparison.metric === metric);
  return [...new Set(first.map(({ baseline }) => baseline))].map((baseline) =>
    first.filter((comparison) => comparison.baseline === baseline),
  );
}

/** One baseline: the first metric in the title, the others after it. */
function familyHeadline({ comparisons }: StudyResult): Headline {
  const metrics = [...new Set(comparisons.map(({ metric }) => metric))];
  const [first, ...others] = metrics.map((metric) =>
    comparisons.filter((comparison) => comparison.metric === metric),
  );
  const few = comparisons.every(({ verdict }) => verdict === "too few seeds to tell");
  return {
    title: familyTitle(first),
    rest: few ? [SEEDS_ADVICE] : others.map(familySentence),
  };
}

/** Several numbers of training rows: each says what its first metric finds. */
function sizesHeadline({ arms }: StudyResult, families: readonly Family[]): Headline {
  const found = (name: string): ArmResult | undefined => arms.find((arm) => arm.name === name);
  const plainName = (name: string): string => found(name)?.arm ?? name;
  const names = families[0].map(({ arm }) => plainName(arm));
  const baseline = plainName(families[0][0].baseline);
  const compared = names.length <= MOST_NAMES ? list(names) : `${names.length} arms`;
  return {
    title: `${compared} compared with ${baseline} on ${families.length} numbers of training rows.`,
    rest: families.map((family) => {
      const plain = family.map((one) => ({ ...one, arm: plainName(one.arm), baseline }));
      const rows = found(family[0].baseline)?.trainRows;
      return `${rows === undefined ? family[0].baseline : plural(rows, "row")}: ${familyTitle(plain)}`;
    }),
  };
}

function verdictHeadline(result: StudyResult): Headline {
  if (result.comparisons.length === 0) {
    const title = `No comparison: ${plural(result.arms.length, "arm")} trained.`;
    return { title, rest: ["A verdict needs a second arm to compare with."] };
  }
  const families = firstFamilies(result);
  if (families.length > 1) return sizesHeadline(result, families);
  const groups = pairings(result);
  return groups.length === 1 ? pairingHeadline(groups[0]) : familyHeadline(result);
}

/**
 * The study's verdict. Among several arms the title speaks of the first metric alone: on one metric all
 * arms share one error rate, but picking the metric that says most would have none.
 */
export function headline(result: StudyResult): Headline {
  const { title, rest } = verdictHeadline(result);
  return { title, rest: [...rest, ...sweepSentences(result), ...stoppingSentence(result)] };
}
