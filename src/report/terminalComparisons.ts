/** @file The terminal's tables of differences: one a pair of arms, or of many pairs one in all. */
import { confidencePercent } from "../stats/index.js";
import type { Comparison, StudyResult, Verdict } from "../study/index.js";
import { differenceTexts } from "./differences.js";
import { commonLevel, levelText } from "./errorRate.js";
import { list, NO_NUMBER, plural } from "./format.js";
import { pairings, type Pairing } from "./headline.js";
import { tableLines, visibleLength, wrap, type Row, type Screen } from "./terminalTable.js";

/** More pairs of arms than this are told by their first metric alone. */
const MOST_PAIRS = 6;

function verdictText(verdict: Verdict, { colors }: Screen): string {
  const paint = {
    better: colors.green,
    worse: colors.red,
    "no detectable difference": String,
    "too few seeds to tell": colors.yellow,
  } satisfies Record<Verdict, (text: string) => string>;
  return paint[verdict](verdict);
}

/** First cell, difference, interval, level (where they differ), verdict. */
function rowOf(comparison: Comparison, first: string, screen: Screen, level: boolean): string[] {
  const { difference, interval = NO_NUMBER } = differenceTexts(comparison);
  const levels = level ? [levelText(comparison)] : [];
  return [first, difference, interval, ...levels, verdictText(comparison.verdict, screen)];
}

function headOf(comparisons: readonly Comparison[], level: boolean): readonly string[] {
  const common = commonLevel(comparisons);
  const interval = common === undefined ? "interval" : `${common} interval`;
  return ["", "difference", interval, ...(level ? ["level"] : []), "verdict"];
}

const fits = (lines: readonly string[], { width }: Screen): boolean =>
  lines.every((line) => visibleLength(line) <= width);

function pairCount(comparisons: readonly Comparison[]): string {
  const pairs = comparisons.map(({ pairs }) => pairs);
  const [fewest, most] = [Math.min(...pairs), Math.max(...pairs)];
  return `${fewest === most ? "" : `${fewest} to `}${plural(most, "paired seed")}`;
}

/** A row for each metric; levels in a column if there is room, and else in a sentence below. */
function pairSection({ arm, baseline, comparisons }: Pairing, screen: Screen): readonly string[] {
  const units = "accuracy and gap in percentage points";
  const table = (level: boolean): readonly string[] =>
    tableLines(
      {
        head: headOf(comparisons, level),
        rows: comparisons.map((one) => rowOf(one, one.metric, screen, level)),
      },
      screen,
    );
  const differ = commonLevel(comparisons) === undefined;
  const wide = table(differ);
  const levels = comparisons.map(({ confidence }) => confidencePercent(confidence));
  const narrow = [
    ...table(false),
    ...wrap(`Levels of the intervals, from above: ${list(levels)} %.`, screen.width),
  ];
  return [
    ...wrap(`${arm} minus ${baseline}, ${pairCount(comparisons)}, ${units}:`, screen.width),
    "",
    ...(!differ || fits(wide, screen) ? wide : narrow),
  ];
}

/** A row for each arm, of the first metric. */
function familySection(comparisons: readonly Comparison[], screen: Screen): readonly string[] {
  const [{ baseline, metric }] = comparisons;
  const differ = commonLevel(comparisons) === undefined;
  const table = (rows: readonly Row[]): readonly string[] =>
    tableLines({ head: headOf(comparisons, differ), rows }, screen);
  const wide = table(comparisons.map((one) => rowOf(one, one.arm, screen, differ)));
  const narrow = comparisons.flatMap((one): Row[] => [
    { span: screen.colors.bold(one.arm) },
    rowOf(one, "", screen, differ),
  ]);
  return [
    ...wrap(`Difference in ${metric} from ${baseline}, ${pairCount(comparisons)}:`, screen.width),
    "",
    ...(fits(wide, screen) ? wide : table(narrow)),
  ];
}

function manySections(result: StudyResult, screen: Screen): readonly (readonly string[])[] {
  const { metric } = result.comparisons[0];
  const first = result.comparisons.filter((comparison) => comparison.metric === metric);
  const baselines = [...new Set(first.map(({ baseline }) => baseline))];
  const tables = baselines.map((name) =>
    familySection(
      first.filter(({ baseline }) => baseline === name),
      screen,
    ),
  );
  return [...tables, wrap("The page and the results have the other metrics.", screen.width)];
}

/** The sections of the terminal report that hold differences. */
export function comparisonSections(
  result: StudyResult,
  screen: Screen,
): readonly (readonly string[])[] {
  const pairs = pairings(result);
  return pairs.length > MOST_PAIRS
    ? manySections(result, screen)
    : pairs.map((pairing) => pairSection(pairing, screen));
}
