/** @file `holdout compare` from end to end: what it prints, what it writes, and that numbers repeat. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { StudyResult } from "../../src/study/index.js";
import { NO_BLAS, systemLibrary } from "../blas/systemLibrary.js";
import { holdout, SLOW, SMALL, type Ended } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW, hookTimeout: SLOW });

const ARMS = ["none", "dropout=0", "dropout=0.5"];

/** The numbers of each arm's trials, without times. */
function numbers({ arms }: StudyResult): unknown[] {
  return arms.map(({ trials }) =>
    trials.map(({ seed, epochs, final }) => ({
      seed,
      epochs: epochs.map(({ running, clean, validation }) => ({ running, clean, validation })),
      final,
    })),
  );
}

/** One study, and the same again by the command in its results, with one worker and JSON on stdout. */
let folder: string;
let first: Ended;
let again: Ended;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "holdout-cli-"));
  const words = ["--arms", ARMS.join(), "--json", "out.json", "--report", "report.html"];
  first = await holdout([...SMALL, ...words], { cwd: folder });
  const [, ...command] = readResult().environment.command.split(" ");
  again = await holdout([...command, "--no-store", "--workers", "1", "--json", "-", "--quiet"]);
});

afterAll(() => rmSync(folder, { recursive: true }));

const readResult = (): StudyResult =>
  JSON.parse(readFileSync(join(folder, "out.json"), "utf8")) as StudyResult;

describe("holdout compare", () => {
  it("prints the table on stdout, and nothing else", () => {
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("test accuracy");
    expect(first.stdout).not.toContain("started");
  });

  it("prints plain lines on stderr: what starts, what is finished, what is written", () => {
    expect(first.stderr).toContain("digits: 100 training, 2,000 validation and 2,000 test rows");
    expect(first.stderr).toContain("started  none, seed 1\n");
    expect(first.stderr).toMatch(/finished dropout=0.5, seed 2: test accuracy \d+\.\d\d %/);
    expect(first.stderr.trimEnd().endsWith("wrote out.json\nwrote report.html")).toBe(true);
    expect(first.stderr.trimEnd().split("\n")).toHaveLength(1 + 6 + 6 + 2);
  });

  it("names the engine under the verdict", () => {
    expect(first.stdout.replace(/\s+/g, " ")).toContain(
      `Engine: ${readResult().environment.engine}.`,
    );
  });

  it("uses no colours without a terminal", () => {
    // eslint-disable-next-line no-control-regex -- the escape character is what is looked for
    expect(first.stdout + first.stderr).not.toMatch(/\x1b/);
  });

  it("writes both files and nothing else", () => {
    expect(readdirSync(folder).sort()).toEqual(["out.json", "report.html"]);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/^<!doctype html>/i);
  });

  it("writes every arm, seed and epoch, the comparisons and what is needed to trust them", () => {
    const { arms, comparisons, data, recipe, environment, interrupted } = readResult();
    expect(arms.map(({ name }) => name)).toEqual(ARMS);
    for (const { trials } of arms) {
      expect(trials.map(({ seed }) => seed)).toEqual([1, 2]);
      for (const { epochs, final } of trials) {
        expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
        expect(final?.test.accuracy).toBeGreaterThan(0);
      }
    }
    expect(comparisons.map(({ arm }) => arm)).toEqual([
      ...Array<string>(5).fill("dropout=0"),
      ...Array<string>(5).fill("dropout=0.5"),
    ]);
    expect(data).toMatchObject({ name: "digits", trainRows: 100, validationRows: 2000 });
    expect(data.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(recipe).toMatchObject({
      data: { name: "digits", trainRows: 100 },
      split: { validation: 2000, seed: 42 },
      training: { epochs: 2, batchSize: 50 },
    });
    expect(environment.engine).toMatch(/^(wasm|blas), .*SIMD/);
    expect(environment.command).toContain(` --engine ${environment.engine.slice(0, 4)}`);
    expect(interrupted).toBe(false);
  });

  it("gives the same bits again, by the command in its results, with one worker", () => {
    const repeated = JSON.parse(again.stdout) as StudyResult;
    expect(numbers(repeated)).toEqual(numbers(readResult()));
    expect(repeated.environment.workers).toBe(1);
  });

  it("gives dropout=0 the bits of none, and dropout=0.5 others", () => {
    const [none, off, on] = numbers(readResult());
    expect(off).toEqual(none);
    expect(on).not.toEqual(none);
  });

  it("says nothing on stderr when it is to be quiet", () => {
    expect(again.stderr).toBe("");
  });
});

/** The same small study with an engine, as JSON. */
async function withEngine(engine: string): Promise<StudyResult> {
  const words = ["--arms", "none,dropout=0.5", "--engine", engine, "--json", "-"];
  const { code, stdout } = await holdout([...SMALL, ...words]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as StudyResult;
}

describe("holdout compare --engine", () => {
  it("wasm trains without a library, and wasm128 to the same bits with no 256-bit instructions", async () => {
    const [fastest, usual] = [await withEngine("wasm"), await withEngine("wasm128")];
    expect(fastest.environment.engine).toMatch(/^wasm, (relaxed )?SIMD(, (128|256) bits.*)?$/);
    expect(usual.environment.engine).toMatch(/^wasm, (relaxed )?SIMD(, 128 bits.*)?$/);
    expect(numbers(usual)).toEqual(numbers(fastest));
  });

  it("blas trains every trial with the library that it names; only rounding differs from wasm", async ({
    skip,
  }) => {
    const library = systemLibrary();
    if (library === undefined) return skip(NO_BLAS);
    const [blas, wasm] = [await withEngine("blas"), await withEngine("wasm")];
    expect(blas.environment.engine).toContain(`blas, ${library.name}, `);
    expect(numbers(blas)).not.toEqual(numbers(wasm));
    const losses = [blas, wasm].map(({ arms }) => arms[1].trials[1].epochs[1].validation.loss);
    expect(Math.abs(losses[0] - losses[1])).toBeLessThan(1e-3);
  });
});

describe("holdout", () => {
  it("prints help with defaults and examples, and its version", async () => {
    const help = await holdout(["compare", "--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/--seeds <count> +seeds an arm \(default: 5\)/);
    expect(help.stdout).toContain("(default: none,dropout=0.5)");
    expect(help.stdout).toContain("Examples:");
    const { version } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { version: string };
    expect(await holdout(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect((await holdout([])).stdout).toContain("compare [options]");
  });
});
