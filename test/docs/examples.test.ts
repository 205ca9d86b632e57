/**
 * @file The examples of the documents work: TypeScript is type-checked and run against the built
 * package, commands are run.
 *
 * What is done with a fenced block stands behind its language. `ts`: checked and run; `ts no-run`:
 * checked; `ts skip: reason`: neither; `ts file: path` and `ts line: path`: see extending.test.ts. `sh run`: run with the built command line; `sh`: not run.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocuments, root, type CodeBlock } from "./markdown.js";

const blocks = readDocuments().flatMap((document) => document.blocks);
const isExtension = ({ mark }: CodeBlock): boolean => /^(file|line): \S+$/.test(mark);
const examples = blocks.filter((block) => block.language === "ts" && !isExtension(block));
const scripts = blocks.filter(({ language }) => language === "sh" || language === "bash");

/** Inside of the package, so that `import ... from "holdout"` finds the package itself. */
const sources = join(root, "test/docs/.run");
const fileOf = ({ place }: CodeBlock): string =>
  join(sources, place.replace(/[^\w]/g, "_") + ".ts");
/** Where examples may write files. */
const scratch = mkdtempSync(join(tmpdir(), "holdout-docs-"));

beforeAll(() => {
  if (!existsSync(join(root, "dist"))) throw new Error("There is no dist/; run: npm run build");
  mkdirSync(sources, { recursive: true });
  for (const example of examples) writeFileSync(fileOf(example), example.text);
});
afterAll(() => {
  rmSync(sources, { recursive: true, force: true });
  rmSync(scratch, { recursive: true });
});

const execute = promisify(execFile);
const run = (command: string, options: readonly string[]) =>
  execute(command, options, { cwd: scratch, timeout: 100_000 });

function typeErrors(files: readonly string[]): string[] {
  const tsconfig = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(tsconfig.config, ts.sys, root);
  const program = ts.createProgram(files, { ...options, noUnusedLocals: false });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? 0 : ts.getLineAndCharacterOfPosition(file, start).line + 1;
    return `${file?.fileName}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

it("marks behind a fence's language are known", () => {
  const unknown = [
    ...examples.filter(({ mark }) => !/^(|no-run|skip: .+)$/.test(mark)),
    ...scripts.filter(({ mark }) => !/^(|run)$/.test(mark)),
    ...blocks.filter(({ language }) => ["typescript", "js", "javascript"].includes(language)),
  ];
  expect(unknown).toEqual([]);
});

describe("TypeScript", () => {
  it("is free of type errors", () => {
    const checked = examples.filter(({ mark }) => !mark.startsWith("skip"));
    expect(typeErrors(checked.map(fileOf))).toEqual([]);
  });

  for (const example of examples.filter(({ mark }) => mark !== "no-run")) {
    it(`runs: ${example.place}`, async ({ skip }) => {
      skip(example.mark !== "", example.mark.replace("skip: ", ""));
      const script = fileOf(example).replace(/\.ts$/, ".js");
      const { outputText } = ts.transpileModule(example.text, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
      });
      writeFileSync(script, outputText);
      await run(process.execPath, [script]);
    });
  }
});

const commandLine = join(root, "dist/cli/main.js");
const prelude = `holdout() { "${process.execPath}" "${commandLine}" "$@"; }\nnpx() { "$@"; }\n`;
for (const script of scripts.filter(({ mark }) => mark === "run")) {
  it(`commands run: ${script.place}`, async () => {
    await run("sh", ["-e", "-c", prelude + script.text]);
  });
}
