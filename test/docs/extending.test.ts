/**
 * @file What docs/extending.md adds works as it stands there: its files and lines are put into a copy of the
 * sources, which is then type-checked and tested.
 */
import { execFile } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocuments, root } from "./markdown.js";

const document = readDocuments().find(({ path }) => path === "docs/extending.md");
const blocks = document?.blocks ?? [];
const textsFor = (mark: string): [path: string, text: string][] =>
  blocks.flatMap((block) =>
    block.mark.startsWith(mark) ? [[block.mark.slice(mark.length), `${block.text}\n`]] : [],
  );
const files = textsFor("file: ");
const lines = textsFor("line: ");
const tests = files.map(([path]) => path).filter((path) => path.endsWith(".test.ts"));

const copy = mkdtempSync(join(tmpdir(), "holdout-extending-"));
afterAll(() => rmSync(copy, { recursive: true }));

beforeAll(() => {
  const parts = ["src", "test/contract", "test/fixtures", "test/totalsReporter.ts"];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ["tsconfig.json", "package.json", "vitest.config.ts"]) {
    cpSync(join(root, part), join(copy, part));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
  for (const [path, text] of files) {
    if (existsSync(join(copy, path))) throw new Error(`${path} exists already`);
    writeFileSync(join(copy, path), text);
  }
  for (const [path, text] of lines) appendFileSync(join(copy, path), text);
});

const execute = promisify(execFile);
/** Runs a tool of the project in the copy and gives what it prints. */
async function run(tool: string, options: readonly string[]): Promise<string> {
  const command = join(root, "node_modules", tool);
  try {
    const { stdout } = await execute(process.execPath, [command, ...options], { cwd: copy });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${tool} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

describe("docs/extending.md", () => {
  it("adds each part with one file, its test and one line", () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(files.length).toBe(2 * lines.length);
    expect(tests.length).toBe(lines.length);
    for (const [, text] of lines) expect(text.trim().split("\n")).toHaveLength(1);
  });

  it("adds what is free of type errors", async () => {
    await run("typescript/bin/tsc", ["--noEmit"]);
  });

  it("adds what passes its contract", async () => {
    const output = await run("vitest/vitest.mjs", ["run", "--project", "unit", ...tests]);
    expect(output).toContain(" passed, 0 failed");
  });
});
