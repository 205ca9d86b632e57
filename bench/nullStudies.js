/**
 * @file How often verdicts are wrong: simulated studies whose truth is known. Usage: nullStudies.js [--json]
 *
 * The same simulation as in the tests with many more studies; deterministic, about ten minutes. Rates
 * come with Wilson's 95 % interval. The nominal rate of a false claim is 5 %, of a false "better" half of it.
 */
import process from "node:process";
import { runNullStudies, wilsonInterval } from "../dist/index.js";

const STUDIES = 20_000;
const NOISES = ["normal", "skewed", "coarse", "lopsided"];
const ARMS = [2, 5, 10];
const fixed = (seeds) => ({ kind: "fixed", seeds });
const untilNarrow = (pilot, halfWidth) => ({ kind: "untilNarrow", pilot, halfWidth });

const cases = [
  ...NOISES.flatMap((noise) =>
    ARMS.flatMap((arms) => [3, 5, 10, 20].map((seeds) => ({ noise, arms, rule: fixed(seeds) }))),
  ),
  ...[5, 10].map((seeds) => ({ noise: "normal", arms: 5, effect: 1.5, rule: fixed(seeds) })),
  ...["normal", "skewed", "coarse"].flatMap((noise) =>
    ARMS.flatMap((arms) =>
      [5, 10].map((pilot) => ({ noise, arms, rule: untilNarrow(pilot, 0.6), studies: 5000 })),
    ),
  ),
  ...[0.3, 0.6, 1.2].map((halfWidth) => ({
    noise: "normal",
    arms: 2,
    rule: untilNarrow(10, halfWidth),
  })),
  ...[0.6, 1.2].map((halfWidth) => ({
    noise: "normal",
    arms: 2,
    rule: { kind: "watched", halfWidth },
    studies: 5000,
  })),
];

function describeRule({ kind, seeds, pilot, halfWidth }) {
  if (kind === "fixed") return `${seeds} seeds`;
  return kind === "watched" ? `watched to +-${halfWidth}` : `pilot ${pilot}, to +-${halfWidth}`;
}

function measure({ studies = STUDIES, effect = 0, ...options }) {
  const counts = runNullStudies({ ...options, studies, effect });
  const rate = (count) => ({
    rate: count / studies,
    interval: wilsonInterval(count, { trials: studies }),
  });
  return {
    ...options,
    effect,
    studies,
    falseBetter: rate(counts.falseBetter),
    falseClaim: rate(counts.falseClaim),
    missed: rate(counts.missed),
    ...(effect > 0 ? { trueBetter: rate(counts.trueBetter) } : {}),
    meanSeeds: counts.seeds / studies,
  };
}

const percent = (value) => (100 * value).toFixed(2);
const cell = ({ rate, interval }) =>
  `${percent(rate)} (${interval.map(percent).join("-")})`.padEnd(20);

function line(result) {
  const { noise, arms, rule, effect, falseBetter, falseClaim, missed, trueBetter } = result;
  const power = trueBetter ? `  power at effect ${effect}: ${percent(trueBetter.rate)} %` : "";
  return (
    `${noise.padEnd(10)}${String(arms).padEnd(6)}${describeRule(rule).padEnd(22)}` +
    `${cell(falseBetter)}${cell(falseClaim)}${cell(missed)}${result.meanSeeds.toFixed(1)}${power}`
  );
}

if (process.argv.includes("--json")) {
  console.log(JSON.stringify(cases.map(measure), null, 2));
} else {
  console.log("Rates in %, with Wilson's 95 % interval; arms include the baseline.");
  console.log(
    `${"noise".padEnd(10)}${"arms".padEnd(6)}${"stops".padEnd(22)}` +
      `${"false better".padEnd(20)}${"false claim".padEnd(20)}${"truth missed".padEnd(20)}seeds`,
  );
  for (const one of cases) console.log(line(measure(one)));
}
