/**
 * @file Runs the reference experiment on MNIST and holds it against the acceptance band.
 *
 * The band: five-run means of a PyTorch implementation with Keras' semantics on the same split,
 * |difference of means| <= t(0.995) sd sqrt(1/5 + 1/n), from n = 16 seeds without dropout and 8 with it:
 * see docs/reference-experiment.md.
 *
 * Usage: HOLDOUT_DATA_DIR=... npm run acceptance [-- out.json]   (reads out.json instead of training)
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const COMMAND = [
  "compare",
  "--no-store",
  "--data",
  "mnist",
  "--arms",
  "none,dropout=0.5",
  "--seeds",
  "5",
  "--epochs",
  "20",
];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const last = ({ epochs }) => epochs[epochs.length - 1];
const best = ({ epochs }) => Math.min(...epochs.map(({ validation }) => validation.loss));

/** Quantity, its value for one trial, and the bands of the mean without and with dropout. */
const BANDS = [
  ["test accuracy", ({ final }) => final.test.accuracy, [0.9779, 0.9845], [0.9812, 0.9839]],
  [
    "validation accuracy",
    (trial) => last(trial).validation.accuracy,
    [0.9796, 0.9858],
    [0.9834, 0.9871],
  ],
  [
    "validation cross-entropy",
    (trial) => last(trial).validation.loss,
    [0.0767, 0.1109],
    [0.0533, 0.064],
  ],
  ["minimum validation cross-entropy", best, [0.0594, 0.0684], [0.0527, 0.0568]],
  [
    "clean train accuracy",
    (trial) => last(trial).clean.accuracy,
    [0.9963, 0.9998],
    [0.9967, 0.9978],
  ],
  [
    "running train accuracy",
    (trial) => last(trial).running.accuracy,
    [0.9961, 0.9991],
    [0.9842, 0.9857],
  ],
  [
    "gap clean train - validation accuracy",
    (trial) => last(trial).clean.accuracy - last(trial).validation.accuracy,
    [0.0127, 0.0181],
    [0.0104, 0.0136],
  ],
];

function study() {
  const [file] = process.argv.slice(2);
  if (file !== undefined) return JSON.parse(readFileSync(file, "utf8"));
  const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [main, ...COMMAND, "--json", "-"], {
    stdio: ["inherit", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
    encoding: "utf8",
  });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout);
}

let failures = 0;
function check(text, passed) {
  if (!passed) failures++;
  console.log(`${passed ? "ok    " : "FAILED"}  ${text}`);
}

function inside(name, value, [low, high]) {
  check(`${name}: ${value.toFixed(4)} in [${low}, ${high}]`, value >= low && value <= high);
}

const { arms } = study();
const [none, dropout] = ["none", "dropout=0.5"].map((name) => {
  const arm = arms.find((candidate) => candidate.name === name);
  if (arm === undefined || arm.trials.length < 5 || arm.trials.some(({ failure }) => failure)) {
    console.error(`Acceptance: the study must hold 5 finished trials of ${name}.`);
    process.exit(2);
  }
  return arm.trials;
});

for (const [quantity, of, withoutBand, withBand] of BANDS) {
  inside(`none     ${quantity}`, mean(none.map(of)), withoutBand);
  inside(`dropout  ${quantity}`, mean(dropout.map(of)), withBand);
}
const bestEpochs = (trials) => trials.map(({ bestEpoch }) => bestEpoch);
check(
  `none     epoch of minimum validation loss in 3-9: ${bestEpochs(none)}, median ${median(bestEpochs(none))}`,
  bestEpochs(none).every((epoch) => epoch >= 3 && epoch <= 9),
);
check(
  `dropout  epoch of minimum validation loss in 10-20: ${bestEpochs(dropout)}, median ${median(bestEpochs(dropout))}`,
  bestEpochs(dropout).every((epoch) => epoch >= 10 && epoch <= 20),
);

for (const trial of none) {
  const { seed, bestEpoch } = trial;
  const pair = dropout.find((other) => other.seed === seed);
  const [without, withDropout] = [last(trial).validation.loss, last(pair).validation.loss];
  check(
    `seed ${seed}: final validation loss ${withDropout.toFixed(4)} with dropout, ${without.toFixed(4)} without: lower`,
    withDropout < without,
  );
  check(
    `seed ${seed}: without dropout, validation loss rises after epoch ${bestEpoch}: ${best(trial).toFixed(4)} to ${without.toFixed(4)}`,
    without > best(trial),
  );
  const { clean, running } = last(pair);
  check(
    `seed ${seed}: with dropout, clean accuracy exceeds running accuracy by about 1 point: ${(100 * (clean.accuracy - running.accuracy)).toFixed(2)}`,
    clean.accuracy - running.accuracy > 0.005,
  );
}
console.log(
  failures === 0 ? "The reference experiment is reproduced." : `${failures} checks failed.`,
);
process.exitCode = failures === 0 ? 0 : 1;
