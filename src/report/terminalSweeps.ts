/** @file The terminal's tables of sweeps and of several numbers of training rows. */
import type { StudyResult, SweepResult } from "../study/index.js";
import { count, NO_NUMBER, plainNumber, plural } from "./format.js";
import {
  accuracyGap,
  seriesPoint,
  testAccuracy,
  testLoss,
  validationLoss,
  type TrialMeasure,
} from "./series.js";
import { sweepArms, type SweptArm } from "./sweeps.js";
import { tableLines, visibleLength, wrap, type Screen } from "./terminalTable.js";

const MEASURES = [validationLoss, testLoss, testAccuracy, accuracyGap];
const HEAD = ["validation loss", "test loss", "test accuracy %", "gap", "chosen"];

function meanText({ arm }: SweptArm, { read, print }: TrialMeasure): string {
  const point = arm && seriesPoint(arm, 0, read);
  return point ? print(point.mean) : NO_NUMBER;
}

function choiceText({ best, oneStandardError }: SweepResult, index: number): string {
  const words = [
    ...(index === best ? ["lowest"] : []),
    ...(index === oneStandardError ? ["1 SE"] : []),
  ];
  return words.join(", ");
}

/** Means alone, so that a row of it fits in 80 columns. */
function sweepTable(sweep: SweepResult, result: StudyResult, screen: Screen): readonly string[] {
  const rows = sweepArms(sweep, result.arms).map((point, index) => [
    plainNumber(point.value),
    ...MEASURES.map((measure) => meanText(point, measure)),
    choiceText(sweep, index),
  ]);
  const place = result.sizes ? ` on ${plural(sweep.trainRows, "training row")}` : "";
  const chosen =
    sweep.best === null ? "trials are missing, nothing is chosen" : "chosen by validation loss";
  return [
    ...wrap(`Sweep ${sweep.name}${place}, means over seeds, ${chosen}:`, screen.width),
    "",
    ...tableLines({ head: [sweep.parameter, ...HEAD], rows }, screen),
  ];
}

export const sweepTables = (result: StudyResult, screen: Screen): readonly (readonly string[])[] =>
  result.sweeps.map((sweep) => sweepTable(sweep, result, screen));

/** Test accuracies, a row an arm and a column a size; where that is too wide, a row a size. */
export function sizesTable(result: StudyResult, screen: Screen): readonly string[] {
  const { sizes, arms } = result;
  if (sizes === undefined) return [];
  const names = [...new Set(arms.map(({ arm }) => arm))];
  const cell = (name: string, rows: number): string => {
    const arm = arms.find((one) => one.arm === name && one.trainRows === rows);
    return meanText({ value: rows, arm }, testAccuracy);
  };
  const wide = tableLines(
    {
      head: ["", ...sizes.rows.map((rows) => plural(rows, "row"))],
      rows: names.map((name) => [
        screen.colors.bold(name),
        ...sizes.rows.map((rows) => cell(name, rows)),
      ]),
    },
    screen,
  );
  const narrow = names.flatMap((name) => [
    screen.colors.bold(name),
    ...sizes.rows.map((rows) => `  ${count(rows)} rows: ${cell(name, rows)}`),
  ]);
  const fits = wide.every((line) => visibleLength(line) <= screen.width);
  return [
    ...wrap(
      `Test accuracy in % by training rows, means over seeds, equal ${sizes.equal}:`,
      screen.width,
    ),
    "",
    ...(fits ? wide : narrow),
  ];
}
