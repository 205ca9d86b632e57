/** @file Measures Holdout beside its peers, on the same work, turn by turn. See docs/performance.md. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { drawReport } from "./report.js";
import { runRounds } from "./rounds.js";
import { summarize } from "./summary.js";
import { listVariants } from "./variants.js";
import { countOperations, works } from "./works.js";

const HELP = `npm run bench -- [options]       node bench/main.js [options] after a build

  --work <names>    of ${Object.keys(works).join(", ")}; default: all
  --peers <names>   parts of names, such as "holdout" or "pytorch,keras"; default: all
  --rounds <n>      turns of each peer; default 9, with --quick 3
  --threads <n>     of the rows with several; default 2, or 1 where there is one core
  --quick           short turns, to see whether all works
  --all             also the forms that take minutes to start, and Holdout with 128 bits
  --json            all figures, as JSON
  --markdown        the tables of docs/performance.md
  --help

HOLDOUT_PYTHON names the Python that has PyTorch, Keras and JAX; default python3.
A peer's turn is its share of a round; no two work at a time. Run it with nothing else running.`;

const folder = fileURLToPath(new URL(".", import.meta.url));
/** Rows that a study validates and tests on. */
const HELD_OUT_ROWS = 256;

function fail(message) {
  console.error(message);
  process.exit(2);
}

const names = (text) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

function positive(option, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  return fail(`Bench: --${option} must be a whole number of at least 1; got ${text}.`);
}

function readOptions() {
  const text = (value) => ({ type: "string", ...(value !== undefined && { default: value }) });
  const flag = { type: "boolean", default: false };
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        work: text(Object.keys(works).join(",")),
        peers: text(""),
        rounds: text(),
        threads: text(String(Math.min(2, availableParallelism()))),
        quick: flag,
        all: flag,
        json: flag,
        markdown: flag,
        help: flag,
      },
    }));
  } catch (error) {
    fail(`Bench: ${error.message} See --help.`);
  }
  const chosen = names(values.work);
  const unknown = chosen.find((name) => !Object.hasOwn(works, name));
  if (unknown !== undefined || chosen.length === 0) {
    fail(`Bench: --work must be of ${Object.keys(works).join(", ")}; got "${unknown ?? ""}".`);
  }
  return {
    ...values,
    work: chosen,
    peers: names(values.peers),
    rounds: positive("rounds", values.rounds ?? (values.quick ? "3" : "9")),
    threads: positive("threads", values.threads),
    turnSeconds: values.quick ? 0.1 : 1,
  };
}

/** Installs the JavaScript peers where they are not, or are older than the lock file. */
function installPackages() {
  const installed = join(folder, "node_modules", ".package-lock.json");
  const lock = join(folder, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) fail("Bench: npm ci in bench/ must succeed; it failed. See above.");
}

function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** The first Ctrl-C ends the rounds and prints what was measured; a second one ends all at once. */
function listenForInterrupts() {
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) {
    process.on(name, () => (interrupt.signal.aborted ? process.exit(130) : interrupt.abort()));
  }
  return interrupt.signal;
}

async function measure(name, { signal, ...options }, writeRows) {
  const work = works[name];
  const variants = listVariants(work, options);
  if (variants.some(({ needsPackages }) => needsPackages)) installPackages();
  const temporary = mkdtempSync(join(tmpdir(), "holdout-bench-"));
  const write = (file, rows, part) =>
    writeRows({ ...work.data, rows }, { folder: temporary, name: file, part });
  try {
    const data = work.trainings
      ? {
          train: write("train", work.data.rows),
          validation: write("validation", HELD_OUT_ROWS, "test"),
          test: write("test", HELD_OUT_ROWS, "test"),
        }
      : write("rows", work.data.rows);
    const { rounds, turnSeconds } = options;
    const entries = await runRounds(variants, {
      work,
      data,
      rounds,
      turnSeconds,
      signal,
      tell: (text) => tell(`${name}, ${text}`),
    });
    return { name, work, operations: countOperations(work), results: summarize(entries, work) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    tell("");
  }
}

const options = readOptions();
if (options.help) {
  console.log(HELP);
} else {
  const { writeRows } = await import("./data.js");
  const started = performance.now();
  const loadBefore = loadavg()[0];
  const measured = [];
  const signal = listenForInterrupts();
  for (const name of options.work) {
    if (!signal.aborted) measured.push(await measure(name, { ...options, signal }, writeRows));
  }
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model.trim() || "unknown processor",
    cores: availableParallelism(),
    loadBefore,
    loadAfter: loadavg()[0],
    seconds: (performance.now() - started) / 1000,
    date: new Date().toISOString(),
  };
  const report = { machine, works: measured };
  console.log(
    options.json
      ? JSON.stringify(report, null, 2)
      : drawReport(report, { isMarkdown: options.markdown }),
  );
  const isSound = measured.every(({ results }) => results.every(({ loss }) => loss?.falls ?? true));
  process.exitCode = isSound ? 0 : 1;
}
