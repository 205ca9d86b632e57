/**
 * @file Checks that every import under `src/` obeys the table below. Usage: checkImports.js [folder]
 *
 * Prints one line for each violation and exits with code 1 if there is any. `import type` counts:
 * a folder that needs another's types cannot be understood without it. Tests may import any folder's
 * public face, any package and what lies outside of `src/`: they observe, and are not shipped.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import ts from "typescript";

/** What a folder may import beside itself and `util`: other folders, and npm packages. */
const LIBRARY = {
  util: { folders: [], packages: [] },
  stats: { folders: [], packages: [] },
  graph: { folders: [], packages: [] },
  codegen: { folders: ["graph"], packages: [] },
  runtime: { folders: ["codegen", "graph"], packages: [] },
  nn: { folders: ["runtime", "graph", "stats"], packages: [] },
  data: { folders: [], packages: [] },
  techniques: { folders: ["nn", "data"], packages: [] },
  analysis: { folders: ["nn", "data", "stats"], packages: [] },
  study: { folders: ["techniques", "analysis", "nn", "data", "stats"], packages: [] },
  recipes: { folders: ["study", "techniques", "nn", "data"], packages: ["yaml", "zod"] },
  report: {
    folders: ["study", "analysis", "stats"],
    packages: ["@observablehq/plot", "cli-table3", "fflate", "linkedom", "picocolors"],
  },
};
const library = Object.keys(LIBRARY);

const FOLDERS = {
  ...LIBRARY,
  node: { folders: library, packages: ["fflate", "h5wasm", "koffi", "libsql"] },
  cli: { folders: [...library, "node"], packages: ["@clack/prompts", "commander", "picocolors"] },
  lab: { folders: library, packages: [] },
};

/** The entry points, which lie in `src/` itself. No folder imports them. */
const ENTRIES = {
  "index.ts": { folders: library, packages: [] },
  "node.ts": { folders: [...library, "node"], packages: [], entries: ["index.ts"] },
};

/**
 * @typedef {object} Import
 * @property {string} file - the importing file, relative to the checked folder, with forward slashes
 * @property {string} specifier - as written: "../graph/index.js", "linkedom"
 * @property {string | undefined} target - the imported file, as `file` is written; none for a package
 */

const isTest = (file) => file.endsWith(".test.ts");
const folderOf = (file) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : undefined);
const packageOf = (specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)[0];

/** @returns {Import[]} */
function readImports(root, file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"));
  return importedFiles.map(({ fileName: specifier }) => {
    const relative = specifier.startsWith(".");
    const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
    return { file, specifier, target: relative ? path : undefined };
  });
}

/** Why a package may not be imported here; undefined if it may. */
function judgePackage({ file, specifier }, owner, rule) {
  if (specifier.startsWith("node:") || isTest(file)) return undefined;
  if (rule.packages.includes(packageOf(specifier))) return undefined;
  return `${owner} may not import the package "${packageOf(specifier)}"`;
}

/** Why another file may not be imported here; undefined if it may. */
function judgeFile({ file, target }, owner, rule) {
  if (target.startsWith("..")) {
    return isTest(file) ? undefined : "only tests may import from outside of this folder tree";
  }
  const folder = folderOf(target);
  if (folder === owner) return undefined;
  if (folder === undefined) {
    return rule.entries?.includes(target) ? undefined : `no folder may import the entry ${target}`;
  }
  if (folder !== "util" && !isTest(file) && !rule.folders.includes(folder)) {
    return `${owner} may not import ${folder}`;
  }
  return target === `${folder}/index.ts`
    ? undefined
    : `other folders import ${folder}/index.js only`;
}

const ownerOf = (file) => folderOf(file) ?? file;
const ruleOf = (owner) => FOLDERS[owner] ?? ENTRIES[owner];

/** @param {Import} one */
function judge(one) {
  const owner = ownerOf(one.file);
  const rule = ruleOf(owner);
  if (rule === undefined) return undefined;
  const reason =
    one.target === undefined ? judgePackage(one, owner, rule) : judgeFile(one, owner, rule);
  return reason && `${one.file}: imports "${one.specifier}", but ${reason}`;
}

/** A walk in depth: an import of a file that is still open closes a cycle. */
function findCycles(files, imports) {
  const targets = new Map(files.map((file) => [file, []]));
  for (const { file, target } of imports) if (target) targets.get(file).push(target);
  const done = new Set();
  const cycles = [];
  const visit = (file, path) => {
    if (path.includes(file)) {
      cycles.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
    } else if (!done.has(file)) {
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  return cycles;
}

const root = process.argv[2] ?? "src";
const files = readdirSync(root, { recursive: true })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();
const imports = files.flatMap((file) => readImports(root, file));
const strangers = [...new Set(files.map(ownerOf))].filter((owner) => ruleOf(owner) === undefined);
const violations = [
  ...strangers.map((owner) => `${owner}: not in the table of scripts/checkImports.js`),
  ...imports.map(judge).filter(Boolean),
  ...findCycles(files, imports),
];
for (const violation of violations) console.error(violation);
console.log(`${files.length} files, ${imports.length} imports, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
