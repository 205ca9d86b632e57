/** @file Runs the built command line as a user does: as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves once stderr has the text; rejects if the process ends without it. */
  readonly says: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `holdout` with these words. */
export function start(words: readonly string[], { cwd, env }: RunOptions = {}): Running {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run npm run build first`);
  // With CI set, colour libraries write colours into pipes too, unless they are told not to.
  const surroundings = { ...process.env, CI: "true", ...env };
  const child = spawn(process.execPath, [MAIN, ...words], { cwd, env: surroundings });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(text)) resolve();
      };
      look();
      child.stderr.on("data", look);
      void ended.then(() => reject(new Error(`it ended and never said "${text}":\n${stderr}`)));
    });
  return { child, says, ended };
}

/** Runs `holdout` to its end. */
export const holdout = (words: readonly string[], options?: RunOptions): Promise<Ended> =>
  start(words, options).ended;

/** Runs the test with an empty folder that is removed afterwards. */
export async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "holdout-cli-"));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A study of a few seconds, kept nowhere. */
export const SMALL = [
  ...["compare", "--no-store", "--train-size", "100", "--batch-size", "50"],
  ...["--epochs", "2", "--seeds", "2"],
];

/** Milliseconds that a test may take on a machine that is busy with something else. */
export const SLOW = 120_000;
