/** @file A study's results as text for a terminal, the verdict first. */
import picocolors from "picocolors";
import type { StudyResult } from "../study/index.js";
import { intervalNote } from "./errorRate.js";
import { duration, lossText, NO_NUMBER, percent } from "./format.js";
import { headline } from "./headline.js";
import {
  MEASURES,
  summarizeArms,
  type ArmSummary,
  type ScoreSpreads,
  type Spread,
} from "./summary.js";
import { comparisonSections } from "./terminalComparisons.js";
import { sizesTable, sweepTables } from "./terminalSweeps.js";
import { tableLines, visibleLength, wrap, type Screen } from "./terminalTable.js";
import { finalEpochWords, setting, unfinishedTrials, warnings } from "./words.js";

export interface TerminalOptions {
  /** Whether to switch colors with escape codes. */
  readonly color: boolean;
  /** Columns of the terminal; the layout needs 80 and is at its best from 120 on. */
  readonly width: number;
  /** Whether characters beyond ASCII may be printed; default true. */
  readonly unicode?: boolean;
}

const MEASURE_NAMES = ["clean train", "validation", "test", "gap"];

/** Names and messages may come from a file: control characters would reach the terminal. */
function printable<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? part.replace(/\p{Cc}/gu, "?") : part,
  );
  return JSON.parse(text) as T;
}

function spreadText(
  { mean, sd }: Spread,
  print: (value: number) => string,
  screen: Screen,
): string {
  if (Number.isNaN(sd)) return print(mean);
  return screen.unicode ? `${print(mean)} ± ${print(sd)}` : `${print(mean)} (${print(sd)})`;
}

function scoreCells(summary: ArmSummary, score: keyof ScoreSpreads, screen: Screen): string[] {
  const print = score === "accuracy" ? percent : lossText;
  return MEASURES.map((measure) => spreadText(summary[measure][score], print, screen));
}

const epochText = (epoch: number): string => (Number.isNaN(epoch) ? NO_NUMBER : String(epoch));

function wideTable(summaries: readonly ArmSummary[], screen: Screen): readonly string[] {
  const rows = summaries.flatMap((summary) => {
    const { name, bestEpoch, seconds } = summary;
    const accuracy = scoreCells(summary, "accuracy", screen);
    const tail = [epochText(bestEpoch), duration(seconds.mean)];
    return [
      [screen.colors.bold(name), "accuracy %", ...accuracy, ...tail],
      ["", "loss", ...scoreCells(summary, "loss", screen), "", ""],
    ];
  });
  return tableLines({ head: ["arm", "", ...MEASURE_NAMES, "best epoch", "a trial"], rows }, screen);
}

function narrowTable(summaries: readonly ArmSummary[], screen: Screen): readonly string[] {
  const rows = summaries.flatMap((summary) => {
    const { name, bestEpoch, seconds } = summary;
    const details = `best epoch ${epochText(bestEpoch)}, ${duration(seconds.mean)} a trial`;
    return [
      { span: `${screen.colors.bold(name)}: ${details}` },
      ["accuracy %", ...scoreCells(summary, "accuracy", screen)],
      ["loss", ...scoreCells(summary, "loss", screen)],
    ];
  });
  return tableLines({ head: ["", ...MEASURE_NAMES], rows }, screen);
}

function armSection(result: StudyResult, screen: Screen): readonly string[] {
  const summaries = summarizeArms(result);
  const wide = wideTable(summaries, screen);
  const fits = wide.every((line) => visibleLength(line) <= screen.width);
  const form = screen.unicode ? "mean ± standard deviation" : "mean (standard deviation)";
  return [
    ...wrap(
      `After ${finalEpochWords(result)}, ${form} over the seeds that finished:`,
      screen.width,
    ),
    "",
    ...(fits ? wide : narrowTable(summaries, screen)),
  ];
}

function verdictSection(result: StudyResult, screen: Screen): readonly string[] {
  const { title, rest } = headline(result);
  return [
    ...wrap(title, screen.width).map(screen.colors.bold),
    ...rest.flatMap((sentence) => wrap(sentence, screen.width)),
    "",
    ...wrap(setting(result), screen.width).map(screen.colors.dim),
  ];
}

function troubleSection(result: StudyResult, screen: Screen): readonly string[] {
  const { yellow } = screen.colors;
  return [
    ...warnings(result).flatMap((sentence) => wrap(sentence, screen.width).map(yellow)),
    ...unfinishedTrials(result).flatMap(({ arm, trial, reason }) =>
      wrap(`${arm}, seed ${trial.seed}: ${reason}`, screen.width, "  "),
    ),
  ];
}

function noteSection(result: StudyResult, screen: Screen): readonly string[] {
  const notes = [
    ...(result.comparisons.length > 0 ? [intervalNote(result)] : []),
    "Clean train: training rows with noise off. Gap: clean train against validation. " +
      "Best epoch: the median over seeds of the epoch with the lowest validation loss.",
  ];
  return notes.flatMap((note) => wrap(note, screen.width)).map(screen.colors.dim);
}

/**
 * The study as text, without a newline at its end: verdict, trouble, arms, comparisons, notes.
 *
 * @param options - `width` in columns: from about 120 on, one row an arm; below, stacked rows that
 *   fit in 80.
 */
export function terminalReport(
  study: StudyResult,
  { color, width, unicode = true }: TerminalOptions,
): string {
  const result = printable(study);
  const screen = { colors: picocolors.createColors(color), width, unicode };
  const sections = [
    verdictSection(result, screen),
    troubleSection(result, screen),
    ...sweepTables(result, screen),
    sizesTable(result, screen),
    armSection(result, screen),
    ...comparisonSections(result, screen),
    noteSection(result, screen),
  ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
  return unicode ? text : text.replaceAll(NO_NUMBER, "-");
}
