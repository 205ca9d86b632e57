/** @file scripts/checkImports.js finds each kind of violation, shown on small trees of sources. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lexer, type Tokens } from "marked";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The imported specifiers of each file. */
type Tree = Readonly<Record<string, readonly string[]>>;

const script = fileURLToPath(new URL("../scripts/checkImports.js", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "holdout-imports-"));
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

function check(name: string, tree: Tree) {
  const root = join(temporary, name);
  for (const [file, specifiers] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    const lines = specifiers.map((specifier) => `import type {} from "${specifier}";\n`);
    writeFileSync(join(root, file), lines.join(""));
  }
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status, violations: stderr.split("\n").filter((line) => line !== "") };
}

it("accepts imports up the list, of siblings, util and entries, and by tests of any folder", () => {
  const obedient = {
    "util/index.ts": [],
    "graph/index.ts": ["./tensor.js"],
    "graph/tensor.ts": ["../util/index.js"],
    "graph/ops/add.ts": ["../tensor.js"],
    "graph/ops/add.test.ts": ["vitest", "../../codegen/index.js", "../../../test/close.js"],
    "codegen/wasm/print.ts": ["../../graph/index.js", "../../util/index.js"],
    "node/index.ts": ["node:fs", "../graph/index.js"],
    "cli/main.ts": ["commander", "../node/index.js"],
    "index.ts": ["./graph/index.js"],
    "node.ts": ["./index.js", "./node/index.js"],
  };
  expect(check("obedient", obedient)).toEqual({ status: 0, violations: [] });
});

/** One tree a kind; their files differ, so that all of them are checked as one tree. */
const KINDS: readonly { kind: string; tree: Tree; line: string }[] = [
  {
    kind: "an import down the list",
    tree: { "graph/tensor.ts": ["../nn/index.js"] },
    line: 'graph/tensor.ts: imports "../nn/index.js", but graph may not import nn',
  },
  {
    kind: "an import past a folder's public face",
    tree: { "nn/dense.ts": ["../graph/tensor.js"] },
    line: 'nn/dense.ts: imports "../graph/tensor.js", but other folders import graph/index.js only',
  },
  {
    kind: "a test's import past a public face",
    tree: { "graph/add.test.ts": ["../codegen/kernel.js"] },
    line:
      'graph/add.test.ts: imports "../codegen/kernel.js", ' +
      "but other folders import codegen/index.js only",
  },
  {
    kind: "the public face of a folder's inner folder",
    tree: { "runtime/run.ts": ["../codegen/wasm/index.js"] },
    line:
      'runtime/run.ts: imports "../codegen/wasm/index.js", ' +
      "but other folders import codegen/index.js only",
  },
  {
    kind: "a folder that imports an entry",
    tree: { "cli/main.ts": ["../index.js"] },
    line: 'cli/main.ts: imports "../index.js", but no folder may import the entry index.ts',
  },
  {
    kind: "the portable entry importing Node's adapters",
    tree: { "index.ts": ["./node/index.js"] },
    line: 'index.ts: imports "./node/index.js", but index.ts may not import node',
  },
  {
    kind: "a package where none belongs",
    tree: { "nn/conv.ts": ["@scope/matrices/fast.js"] },
    line:
      'nn/conv.ts: imports "@scope/matrices/fast.js", ' +
      'but nn may not import the package "@scope/matrices"',
  },
  {
    kind: "source that imports from outside",
    tree: { "util/version.ts": ["../../package.js"] },
    line:
      'util/version.ts: imports "../../package.js", ' +
      "but only tests may import from outside of this folder tree",
  },
  {
    kind: "a folder that the table does not know",
    tree: { "misc/helper.ts": [] },
    line: "misc: not in the table of scripts/checkImports.js",
  },
  {
    kind: "a cycle, which types close too",
    tree: { "data/a.ts": ["./b.js"], "data/b.ts": ["./c.js"], "data/c.ts": ["./a.js"] },
    line: "cycle: data/a.ts -> data/b.ts -> data/c.ts -> data/a.ts",
  },
];

describe("reports in one line each", () => {
  let result: ReturnType<typeof check>;
  beforeAll(() => {
    result = check("disobedient", Object.assign({}, ...KINDS.map(({ tree }) => tree)) as Tree);
  });

  it.each(KINDS)("$kind", ({ line }) => {
    expect(result.violations).toContain(line);
  });

  it("nothing else, and exits with code 1", () => {
    expect(result.status).toBe(1);
    expect(result.violations.toSorted()).toEqual(KINDS.map(({ line }) => line).toSorted());
  });
});

/** The folders of docs/architecture.md's table, each with those that it may import beside `util`. */
function readDocumentedTable(): Map<string, readonly string[]> {
  const page = new URL("../docs/architecture.md", import.meta.url);
  const tables = lexer(readFileSync(page, "utf8")).filter((token) => token.type === "table");
  const table = (tables as Tokens.Table[]).find(({ header }) => header[0].text === "folder");
  const grants = new Map<string, readonly string[]>();
  for (const [name, , cell] of table?.rows ?? []) {
    const [list, exceptions = ""] = cell.text.split(" but ");
    const named = list === "all above" ? [...grants.keys()] : list.split(", ");
    const folders = named.filter((folder) => !exceptions.split(", ").includes(folder));
    grants.set(name.text.replaceAll("`", ""), list === "nothing" ? [] : folders);
  }
  return grants;
}

it("enforces the table that docs/architecture.md shows", () => {
  const documented = readDocumentedTable();
  const folders = [...documented.keys()];
  const othersThan = (folder: string): string[] => folders.filter((other) => other !== folder);
  const tree = folders.map((from): [string, string[]] => [
    `${from}/probe.ts`,
    othersThan(from).map((to) => `../${to}/index.js`),
  ]);
  const forbidden = [...documented].flatMap(([from, granted]) =>
    othersThan(from)
      .filter((to) => to !== "util" && !granted.includes(to))
      .map(
        (to) => `${from}/probe.ts: imports "../${to}/index.js", but ${from} may not import ${to}`,
      ),
  );
  const { violations } = check("everything", Object.fromEntries(tree));
  expect(folders).toContain("graph");
  expect(violations.toSorted()).toEqual(forbidden.toSorted());
});
