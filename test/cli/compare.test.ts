/** @file `holdout compare` from end to end: what it prints, what it writes, and that numbers repeat. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StudyResult } from "../../src/study/index.js";
import { holdout, inFolder, SMALL, type Ended } from "./holdout.js";

const parse = ({ stdout }: Ended): StudyResult => JSON.parse(stdout) as StudyResult;

/** The numbers of each arm's trials, without times. */
function numbers({ arms }: StudyResult): unknown[] {
  return arms.map(({ trials }) =>
    trials.map(({ seed, epochs, test }) => ({
      seed,
      epochs: epochs.map(({ running, clean, validation }) => ({ running, clean, validation })),
      test,
    })),
  );
}

describe("holdout compare", () => {
  it("prints the table on stdout and plain lines on stderr, and writes both files", async () => {
    await inFolder(async (folder) => {
      const words = [...SMALL, "--json", "out.json", "--report", "report.html"];
      const { code, stdout, stderr } = await holdout(words, { cwd: folder });
      expect(code).toBe(0);
      expect(stdout).toContain("dropout=0.5");
      expect(stdout).toContain("test accuracy");
      expect(stderr).toContain("started  none, seed 1\n");
      expect(stderr).toMatch(/finished dropout=0.5, seed 2: test accuracy \d+\.\d\d %/);
      expect(stderr).toContain("wrote out.json\nwrote report.html\n");
      // eslint-disable-next-line no-control-regex -- no colours without a terminal
      expect(stdout + stderr).not.toMatch(/\x1b/);
      expect(readdirSync(folder).sort()).toEqual(["out.json", "report.html"]);
      expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/^<!doctype html>/i);
      checkJson(JSON.parse(readFileSync(join(folder, "out.json"), "utf8")) as StudyResult);
    });
  });

  it("gives the same bits for any number of workers, and dropout=0 the bits of none", async () => {
    const words = [...SMALL, "--arms", "none,dropout=0,dropout=0.5", "--json", "-", "--quiet"];
    const [two, one] = [await holdout(words), await holdout([...words, "--workers", "1"])];
    expect(two.stderr).toBe("");
    const [none, off, on] = numbers(parse(two));
    expect(numbers(parse(one))).toEqual([none, off, on]);
    expect(off).toEqual(none);
    expect(on).not.toEqual(none);
  });

  it("repeats a study by the command in its results", async () => {
    const first = parse(await holdout([...SMALL, "--arms", "none,dropout", "--json", "-"]));
    const [program, ...words] = first.environment.command.split(" ");
    expect(program).toBe("holdout");
    expect(numbers(parse(await holdout([...words, "--json", "-"])))).toEqual(numbers(first));
  });
});

describe("holdout", () => {
  it("prints help with defaults and examples, and its version", async () => {
    const help = await holdout(["compare", "--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("--seeds <count>      seeds an arm (default: 5)");
    expect(help.stdout).toContain("(default: none,dropout=0.5)");
    expect(help.stdout).toContain("Examples:");
    const { version } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { version: string };
    expect(await holdout(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect((await holdout([])).stdout).toContain("compare [options]");
  });
});

function checkJson(result: StudyResult): void {
  expect(result.arms.map(({ name }) => name)).toEqual(["none", "dropout=0.5"]);
  for (const { trials } of result.arms) {
    expect(trials.map(({ seed }) => seed)).toEqual([1, 2]);
    for (const { epochs, test, bestEpoch } of trials) {
      expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
      expect(test?.accuracy).toBeGreaterThan(0);
      expect(bestEpoch).toBeGreaterThan(0);
    }
  }
  expect(result.comparisons[0]).toMatchObject({
    arm: "dropout=0.5",
    baseline: "none",
    metric: "test accuracy",
    pairs: 2,
    verdict: "too few seeds to tell",
  });
  expect(result.data).toMatchObject({ name: "digits", trainRows: 200 });
  expect(result.recipe).toMatchObject({ training: { epochs: 2, batchSize: 128 } });
  expect(result.interrupted).toBe(false);
}
