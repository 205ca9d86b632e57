/** @file The results as a table, for a terminal or in Markdown. */

const MEBIBYTE = 2 ** 20;

/** Three significant digits. */
const short = (value) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
const times = (ratio) => (ratio === undefined ? "" : `${short(ratio)} x`);

function describeTime({ median, low, high }) {
  const [unit, factor] = median < 0.1 ? ["us", 1000] : median < 1e4 ? ["ms", 1] : ["s", 0.001];
  return `${short(median * factor)} ${unit} (${short(low * factor)} - ${short(high * factor)})`;
}

const describeVersions = (versions) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");

function columns({ work, results }) {
  const references = [...new Set(results.flatMap(({ ratios = [] }) => ratios.map(({ to }) => to)))];
  return [
    ["", ({ name }) => name],
    work.trainings ? ["how", ({ way }) => way] : ["threads", ({ threads }) => String(threads)],
    [
      work.trainings ? "all trainings" : "a step",
      ({ reason, milliseconds }) =>
        reason === undefined ? describeTime(milliseconds) : `cannot: ${reason}`,
    ],
    ...references.map((name) => [
      `to ${name}`,
      ({ ratios = [] }) => times(ratios.find(({ to }) => to === name)?.ratio),
    ]),
    ["loss", ({ loss }) => (loss ? `${loss.first.toFixed(2)} to ${loss.last.toFixed(3)}` : "")],
    ["turns", ({ turns = "" }) => String(turns)],
  ];
}

/** The peak that the step's share is of. */
function describePeak({ gigaflops, alone, gain }, threads) {
  const rate = (value) => value.toFixed(1);
  if (threads === 1) return `the micro-kernel's peak (${rate(gigaflops)} GFLOP/s a core)`;
  return (
    `the micro-kernel's peak on ${threads} threads at once ` +
    `(${rate(gigaflops)} GFLOP/s, ${gain.toFixed(2)} times one thread's ${rate(alone)})`
  );
}

const percent = (share) => `${(100 * share).toFixed(0)} %`;

function describeShare({ name, threads, peak, speedup }) {
  const share =
    peak.turns > 0
      ? `${percent(peak.share)} of ${describePeak(peak, threads)}, ${percent(peak.sustainedShare)} of ` +
        `what it sustained in turns with the epochs (${peak.sustained.toFixed(1)})`
      : "a peak could not be measured, as they did not run at the same time";
  const faster = speedup ? `; ${short(speedup)} times as fast as one thread` : "";
  return `${name}, threads: ${threads}: ${share}${faster}`;
}

function notes(results) {
  const shares = results.filter(({ peak }) => peak).map(describeShare);
  const memory = results.find((result) => result.memory)?.memory;
  const mebibytes = (bytes) => `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
  const held =
    memory &&
    `Holdout's memory: ${mebibytes(memory.total)}, of which weights ${mebibytes(memory.weights)}, ` +
      `optimizer ${mebibytes(memory.optimizer)}, data ${mebibytes(memory.data)}, ` +
      `temporaries ${mebibytes(memory.temporaries)}`;
  const rising = results.flatMap(({ name, threads, loss }) =>
    loss && !loss.falls ? [`The loss of ${name} (threads: ${threads}) did not fall`] : [],
  );
  return [...shares, ...(held ? [held] : []), ...rising];
}

const widthsOf = (rows) => rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));

function drawTable(rows, isMarkdown) {
  const widths = widthsOf(rows);
  const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])));
  if (!isMarkdown) return lines.map((line) => line.join("  ").trimEnd());
  const rule = widths.map((width) => "-".repeat(width));
  return [lines[0], rule, ...lines.slice(1)].map((line) => `| ${line.join(" | ")} |`);
}

function drawWork(measured, isMarkdown) {
  const wanted = columns(measured);
  const cell = (text) => (isMarkdown ? text.replaceAll("|", "\\|") : text);
  const rows = [
    wanted.map(([title]) => title),
    ...measured.results.map((result) => wanted.map(([, of]) => cell(of(result)))),
  ];
  return [
    isMarkdown ? `### ${measured.work.title}` : measured.work.title,
    "",
    ...drawTable(rows, isMarkdown),
    "",
    ...notes(measured.results).map((note) => (isMarkdown ? `- ${note}.` : `${note}.`)),
    "",
  ];
}

/** @param report - what `--json` prints */
export function drawReport({ machine, works }, { isMarkdown }) {
  const versions = new Map(
    works.flatMap(({ results }) => results.map(({ name, versions }) => [name, versions])),
  );
  const known = [...versions]
    .filter(([, version]) => Object.keys(version).length > 0)
    .map(([name, version]) => `${name}: ${describeVersions(version)}`);
  const { node, processor, cores, loadBefore, loadAfter, seconds } = machine;
  return [
    `Node ${node}; ${processor}, ${cores} cores; load ${loadBefore.toFixed(2)} before and ` +
      `${loadAfter.toFixed(2)} after; ${seconds.toFixed(0)} s.`,
    `${[...new Set(known)].join("; ")}.`,
    "Median (quartiles) of the turns; ratios are medians over rounds. More than 1 x: slower than Holdout.",
    "",
    ...works.flatMap((measured) => drawWork(measured, isMarkdown)),
  ].join("\n");
}
