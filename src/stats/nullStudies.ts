/** @file Simulated studies whose truth is known: how often verdicts claim what is not there. */
import { checkParameters, integer, randomStream, real } from "../util/index.js";
import { compareWithBaseline, type Estimator, type SeedValues } from "./compare.js";
import { studentInterval } from "./estimate.js";
import { drawSeed, type NullNoise } from "./nullNoise.js";
import { pairedDifferences } from "./paired.js";
import { twoStageDifferences, untilNarrow, type PairedValues } from "./twoStage.js";
import type { Metric } from "./verdict.js";

/**
 * When a simulated study stops. `fixed`: after so many seeds. `untilNarrow`: by the two-stage rule.
 * `watched`: as soon as the ordinary t intervals are narrow, looking after each seed from the third on: the
 * rule that does not keep its error rate, for comparison.
 */
export type NullRule =
  | { readonly kind: "fixed"; readonly seeds: number }
  | {
      readonly kind: "untilNarrow";
      readonly halfWidth: number;
      readonly pilot: number;
      readonly mostSeeds?: number;
    }
  | { readonly kind: "watched"; readonly halfWidth: number };

export interface NullStudyOptions {
  readonly noise: NullNoise;
  readonly rule: NullRule;
  /** Arms, the baseline included: 2 to 100. */
  readonly arms: number;
  readonly studies: number;
  /** What the last arm gains over the baseline, in standard deviations of the noise; default 0. */
  readonly effect?: number;
  /** Of the random numbers; default 0. */
  readonly seed?: number;
}

/** How many studies made a claim. */
export interface NullStudyCounts {
  readonly studies: number;
  /** Studies that called at least one arm without effect better. */
  readonly falseBetter: number;
  /** Studies that called at least one arm without effect better or worse. */
  readonly falseClaim: number;
  /** Studies that called the arm with an effect better. */
  readonly trueBetter: number;
  /** Studies in which one simultaneous 95 % interval or more missed the truth. */
  readonly missed: number;
  /** Seeds of all studies together. */
  readonly seeds: number;
}

const PARAMETERS = {
  arms: integer({ min: 2, max: 100, default: 2 }),
  studies: integer({ min: 1, default: 1000 }),
  effect: real({ min: 0, default: 0 }),
  seed: integer({ min: 0, default: 0 }),
};
const METRIC: Metric = { name: "simulated accuracy", better: "higher", unit: "plain" };
const FIRST_LOOK = 3;

/** The seeds drawn so far; each holds all arms' values, the baseline's first. */
type Seeds = number[][];

const pairsOf = (seeds: Seeds, arms: number): PairedValues[] =>
  Array.from({ length: arms - 1 }, (_, other) => ({
    arm: seeds.map((values) => values[other + 1]),
    baseline: seeds.map(([baseline]) => baseline),
  }));

/** How many seeds the study wants next, in all; as many as there are means that it stops. */
function wantedSeeds(seeds: Seeds, { rule, arms }: { rule: NullRule; arms: number }): number {
  if (rule.kind === "fixed") return rule.seeds;
  if (rule.kind === "untilNarrow") {
    const plan = untilNarrow(pairsOf(seeds, arms), rule);
    return plan.stop ? seeds.length : plan.wanted;
  }
  if (seeds.length < FIRST_LOOK) return FIRST_LOOK;
  const isNarrow = pairsOf(seeds, arms).every(({ arm, baseline }) => {
    const [low, high] = studentInterval(pairedDifferences(arm, baseline), 1 - 0.05 / (arms - 1));
    return high - low <= 2 * rule.halfWidth;
  });
  return isNarrow ? seeds.length : seeds.length + 1;
}

const estimatorOf = (rule: NullRule): Estimator =>
  rule.kind === "untilNarrow"
    ? (arm, baseline) => twoStageDifferences(arm, baseline, { pilot: rule.pilot })
    : pairedDifferences;

function compareSeeds(seeds: Seeds, { rule, arms }: { rule: NullRule; arms: number }) {
  const [baseline, ...others] = Array.from({ length: arms }, (_, arm): SeedValues => {
    const bySeed = new Map(seeds.map((values, seed) => [seed, values[arm]]));
    return { name: `arm ${arm}`, bySeed };
  });
  return compareWithBaseline(METRIC, { baseline, arms: others, estimate: estimatorOf(rule) });
}

/** Whether one of the simultaneous intervals leaves the truth out. */
function missesTruth(
  seeds: Seeds,
  { rule, arms, effect }: { rule: NullRule; arms: number; effect: number },
): boolean {
  return pairsOf(seeds, arms).some(({ arm, baseline }, other) => {
    const estimate = estimatorOf(rule)(arm, baseline);
    const [low, high] = studentInterval(estimate, 1 - 0.05 / (arms - 1));
    const truth = other === arms - 2 ? effect : 0;
    return low > truth || high < truth;
  });
}

/**
 * Runs simulated studies through `compareWithBaseline`, and counts its false and its true claims.
 *
 * With effect 0 no arm has any; otherwise all but the last have none, and share the family with one that
 * does. Deterministic: the result is a function of the options. The tests run some thousand studies,
 * `npm run bench:null` many more.
 *
 * @throws UsageError naming the option out of range.
 */
export function runNullStudies({ noise, rule, ...rest }: NullStudyOptions): NullStudyCounts {
  const options = checkParameters("runNullStudies", PARAMETERS, rest);
  const { arms, studies, effect } = options;
  const stream = randomStream(options.seed, `null studies/${noise}/${rule.kind}/${arms}`);
  const counts = { studies, falseBetter: 0, falseClaim: 0, trueBetter: 0, missed: 0, seeds: 0 };
  for (let study = 0; study < studies; study++) {
    const seeds: Seeds = [];
    for (let wanted = wantedSeeds(seeds, { rule, arms }); seeds.length < wanted;) {
      while (seeds.length < wanted) seeds.push(drawSeed(stream, { noise, arms, effect }));
      wanted = wantedSeeds(seeds, { rule, arms });
    }
    const verdicts = compareSeeds(seeds, { rule, arms }).map((comparison) => comparison.verdict);
    const idle = effect === 0 ? verdicts : verdicts.slice(0, -1);
    counts.seeds += seeds.length;
    if (missesTruth(seeds, { rule, arms, effect })) counts.missed++;
    if (idle.includes("better")) counts.falseBetter++;
    if (idle.includes("better") || idle.includes("worse")) counts.falseClaim++;
    if (effect > 0 && verdicts[verdicts.length - 1] === "better") counts.trueBetter++;
  }
  return counts;
}
