/** @file `npm run acceptance` reads what `holdout compare` writes: every check of the band has a number. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { holdout, inFolder, SLOW, SMALL } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW });

const SCRIPT = fileURLToPath(new URL("../../scripts/acceptance.js", import.meta.url));
/** Seven quantities and the best epoch of two arms, and three checks of each seed. */
const CHECKS = 2 * 8 + 3 * 5;

it("holds a study against the band, and fails one that is outside", () =>
  inFolder(async (folder) => {
    const out = join(folder, "out.json");
    const words = ["--arms", "none,dropout=0.5", "--seeds", "5", "--json", out];
    expect(await holdout([...SMALL, ...words], { cwd: folder })).toMatchObject({ code: 0 });
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, out], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const lines = stdout.trim().split("\n");
    const results = lines.filter((line) => /^(ok {4}|FAILED) {2}/.test(line));
    expect(results).toHaveLength(CHECKS);
    expect(stdout).not.toMatch(/NaN|undefined/);
    const failures = results.filter((line) => line.startsWith("FAILED")).length;
    expect(failures).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe(`${failures} checks failed.`);
    expect(status).toBe(1);
  }));
