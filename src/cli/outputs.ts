/** @file Where a study's result goes: the table, a JSON file or stdout, an HTML report. */
import { resolve } from "node:path";
import { checkWritable, writeAtomically } from "../node/index.js";
import type { StudyResult } from "../study/index.js";
import { UsageError } from "../util/index.js";
import { colorsFor } from "./colors.js";

/** What stands for stdout instead of a file's path. */
export const STDOUT = "-";

export interface Outputs {
  readonly json?: string | undefined;
  readonly report?: string | undefined;
}

/**
 * Makes sure, before training, that the result can be written later.
 *
 * @throws UsageError naming the option whose path cannot be written.
 */
export function checkOutputs({ json, report }: Outputs): void {
  if (json !== undefined && json !== STDOUT) checkWritable("--json", json);
  if (report === undefined) return;
  if (report === STDOUT) {
    throw new UsageError(
      '--report: the path must be a file; got "-". Only --json prints to stdout.',
    );
  }
  if (json !== undefined && resolve(json) === resolve(report)) {
    throw new UsageError(
      `--report: the path must differ from that of --json; got "${report}" for both.`,
    );
  }
  checkWritable("--report", report);
}

/** Loaded late: charts take longer to load than everything else, and most errors come before them. */
const loadReport = () => import("../report/index.js");

/** Writes the files that were asked for, and returns their paths. */
export async function writeFiles(
  result: StudyResult,
  { json, report }: Outputs,
): Promise<readonly string[]> {
  const { htmlReport } = await loadReport();
  const written: string[] = [];
  if (json !== undefined && json !== STDOUT) {
    writeAtomically("--json", json, formatJson(result));
    written.push(json);
  }
  if (report !== undefined) {
    writeAtomically("--report", report, htmlReport(result));
    written.push(report);
  }
  return written;
}

export const formatJson = (result: StudyResult): string => `${JSON.stringify(result, null, 2)}\n`;

/** What stdout gets: the table, or with `--json -` the JSON alone, so that a pipe can read it. */
export async function formatStdout(
  result: StudyResult,
  { json, color }: Outputs & { readonly color: boolean },
): Promise<string> {
  if (json === STDOUT) return formatJson(result);
  const { terminalReport } = await loadReport();
  const { isColorSupported } = colorsFor(process.stdout, color);
  // A file or a pipe has no width: the table gets the room it wants.
  const width = process.stdout.columns ?? 120;
  return `${terminalReport(result, { color: isColorSupported, width })}\n`;
}
