/**
 * @file Builds `dist/`: removes what is there, compiles `src/`, puts what a worker thread loads into one file
 * each, and makes the command line executable.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

process.chdir(root);
// tsc removes nothing: without this, a deleted source file would live on in the package.
rmSync("dist", { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(1);
// Every study starts its threads anew, and Node takes a millisecond for each of their hundreds of modules.
for (const entry of ["dist/node/trialWorker.js", "dist/node/threadMain.js"]) {
  await build({ input: entry, platform: "node", output: { file: entry }, logLevel: "warn" });
}
chmodSync("dist/cli/main.js", 0o755);
