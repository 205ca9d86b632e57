/** @file `holdout studies`, `show`, `report`, `export` and `rm`: what the store holds, in front of the user. */
import { checkWritable, readStore, sqliteStore, writeAtomically } from "../node/index.js";
import {
  assembleStored,
  type StudyReader,
  type StudyResult,
  type StudySummary,
} from "../study/index.js";
import { UsageError } from "../util/index.js";
import { columns } from "./columns.js";
import { studyCsv } from "./csv.js";
import { formatCount } from "./format.js";
import { formatJson, formatStdout, STDOUT, writeFiles } from "./outputs.js";

export interface StoreFlags {
  readonly store: string;
}

/** The reader is closed whatever happens; a command reads once. */
async function reading<T>(
  { store }: StoreFlags,
  read: (reader: StudyReader) => Promise<T>,
): Promise<T> {
  const reader = readStore(store);
  try {
    return await read(reader);
  } finally {
    await reader.close();
  }
}

const loadStudy = (number: number | undefined, flags: StoreFlags) =>
  reading(flags, async (reader) => {
    const latest = number ?? (await reader.list()).at(-1)?.id;
    // Without any study, any number says so.
    const stored = await reader.load(latest ?? 1);
    return { id: stored.id, result: assembleStored(stored) };
  });

function studyRow({ id, status, done, trials, data, arms, startedAt }: StudySummary) {
  // Each arm's name may be long, and there may be many.
  const shown =
    arms.length > 4 ? `${arms.slice(0, 3).join(", ")}, ... (${arms.length})` : arms.join(", ");
  const started = startedAt.slice(0, 16).replace("T", " ");
  return [String(id), status, `${done} of ${trials}`, data, started, shown];
}

export async function studiesOutput(flags: StoreFlags & { readonly json?: true }): Promise<string> {
  const studies = await reading(flags, (reader) => reader.list());
  if (flags.json) return `${JSON.stringify(studies, null, 2)}\n`;
  if (studies.length === 0) return `There is no study in ${flags.store} yet.\n`;
  const head = ["NUMBER", "STATUS", "TRIALS", "DATA", "STARTED (UTC)", "ARMS"];
  return `${columns([head, ...studies.map(studyRow)])}\n`;
}

export async function showOutput(
  number: number | undefined,
  flags: StoreFlags & { readonly color: boolean },
): Promise<string> {
  const { result } = await loadStudy(number, flags);
  return formatStdout(result, { color: flags.color });
}

/** @returns what was written, in words */
export async function writeReport(
  number: number | undefined,
  { output, ...flags }: StoreFlags & { readonly output: string },
): Promise<string> {
  if (output === STDOUT) {
    throw new UsageError('--output: the path must be a file; got "-". Name a file.');
  }
  checkWritable("--output", output);
  const { id, result } = await loadStudy(number, flags);
  await writeFiles(result, { report: output });
  return `wrote ${output}, of study ${id}\n`;
}

interface ExportFlags extends StoreFlags {
  readonly csv?: string;
  readonly json?: string;
}

const formats: Readonly<Record<"csv" | "json", (result: StudyResult) => string>> = {
  csv: studyCsv,
  json: formatJson,
};

/** @returns what stdout gets, and what was written, in words */
export async function exportStudy(
  number: number | undefined,
  { csv, json, ...flags }: ExportFlags,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [format, path] = csv === undefined ? (["json", json] as const) : (["csv", csv] as const);
  if (path === undefined || (csv !== undefined && json !== undefined)) {
    const got = path === undefined ? "none" : "both";
    throw new UsageError(
      `export: the format must be one of --csv and --json; got ${got}. Give one.`,
    );
  }
  if (path !== STDOUT) checkWritable(`--${format}`, path);
  const { id, result } = await loadStudy(number, flags);
  const text = formats[format](result);
  if (path === STDOUT) return { stdout: text, stderr: "" };
  writeAtomically(`--${format}`, path, text);
  return { stdout: "", stderr: `wrote ${path}, of study ${id}\n` };
}

/** @returns what was removed, in words */
export async function removeStudy(number: number, { store }: StoreFlags): Promise<string> {
  // A store that is not there must not be made in order to remove from it.
  await reading({ store }, (reader) => reader.load(number));
  const open = sqliteStore(store);
  try {
    const { trials } = await open.load(number);
    await open.remove(number);
    const finished = trials.filter(({ result }) => result !== undefined).length;
    const count = formatCount(finished, "finished trial");
    return `removed study ${number} with ${count}; those that other studies share are kept\n`;
  } finally {
    await open.close();
  }
}
