/** @file Each mistake of a user gets its one sentence on stderr, nothing on stdout, and exit code 2. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { techniques } from "../../src/techniques/index.js";
import { holdout, inFolder, SLOW } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW });

async function expectSentence(words: readonly string[], sentence: string, env = {}): Promise<void> {
  const ended = await holdout(["compare", "--no-store", ...words], { env });
  expect(ended).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
}

const RATE = "Dropout: rate must be a number in [0, 1)";
const OFF = "Use rate 0 to switch it off.";

describe("holdout compare refuses", () => {
  it.each([
    [
      "an unknown technique, and names the nearest",
      ["--arms", "none,dropuot=0.5"],
      `Unknown technique "dropuot"; did you mean "dropout"? Known: ${techniques.map(({ id }) => id).join(", ")}.`,
    ],
    ["rate 1", ["--arms", "none,dropout=1"], `${RATE}; got 1. ${OFF}`],
    ["a negative rate", ["--arms", "none,dropout=-0.5"], `${RATE}; got -0.5. ${OFF}`],
    [
      "0 seeds",
      ["--seeds", "0"],
      "Study: seeds must be a whole number of at least 1; got 0. " +
        "Use 5 or more; with one seed nothing can be compared.",
    ],
    ["0 epochs", ["--epochs", "0"], "Study: epochs must be a whole number of at least 1; got 0."],
    [
      "a batch larger than the data",
      ["--train-size", "100", "--batch-size", "101"],
      "Study: batch size must be at most the 100 training rows; got 101. " +
        "Use a smaller batch or more rows.",
    ],
    [
      "an unknown data set, and names the nearest",
      ["--data", "mnits"],
      'Unknown data set "mnits"; did you mean "mnist"? Known: digits, mnist.',
    ],
    [
      "0 workers",
      ["--workers", "0"],
      "Study: workers must be a whole number of at least 1; got 0. Leave it out for one a core.",
    ],
    [
      "an unknown engine, and names the nearest",
      ["--engine", "wsam"],
      'Unknown engine "wsam"; did you mean "wasm"? Known: auto, wasm, wasm128, blas.',
    ],
    [
      "a width without its unit",
      ["--until", "0.1"],
      '--until: the value must be a percentage of accuracy, such as 0.1%; got "0.1".',
    ],
    [
      "a budget without a width",
      ["--minutes", "3"],
      "--minutes: there must be a width to add seeds until, too. Give --until 0.1%.",
    ],
    [
      "a train size that is no number",
      ["--train-sizes", "100,many"],
      '--train-sizes: the value must be a number; got "many".',
    ],
    [
      "one train size and several",
      ["--train-size", "100", "--train-sizes", "100,200"],
      "Study: there must be one train size or several; got both. Keep one of them.",
    ],
    [
      "a sweep that starts at 0 where steps are factors",
      ["--arms", "l2=0..1:3"],
      "Sweep: l2 is swept by equal factors, so both ends must be greater than 0; got 0 and 1. " +
        'Start above 0, and name "none" as an arm of its own.',
    ],
    [
      "an option that it does not have",
      ["--sedes", "3"],
      `Unknown option '--sedes' (Did you mean --seeds?). See "holdout compare --help".`,
    ],
    [
      "an option without its value",
      ["--seeds"],
      `Option '--seeds <count>' argument missing. See "holdout compare --help".`,
    ],
  ])("%s", async (_, words, sentence) => {
    await expectSentence(words, sentence);
  });

  it("a report path in a folder that is missing, before anything is trained", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "missing", "report.html");
      await expectSentence(
        ["--report", path],
        `--report: the path must be a file that can be written; got "${path}" ` +
          `(the folder "${join(folder, "missing")}" does not exist). Choose another path.`,
      );
    });
  });

  it("a BLAS that is not there, before anything is trained, whatever the engine", async () => {
    const env = { HOLDOUT_BLAS: "/missing/libblas.so" };
    for (const engine of ["auto", "blas"]) {
      const ended = await holdout(["compare", "--no-store", "--engine", engine], { env });
      expect(ended).toMatchObject({ code: 2, stdout: "" });
      expect(ended.stderr).toMatch(
        /^Engine: the library "\/missing\/libblas\.so" needs to be a BLAS .+; got: .+\. Name .+\n$/,
      );
    }
  });

  it("one path for JSON and report", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "out");
      await expectSentence(
        ["--json", path, "--report", path],
        `--report: the path must differ from that of --json; got "${path}" for both.`,
      );
    });
  });

  it("a data folder without the files, or with broken ones", async () => {
    await inFolder(async (folder) => {
      const env = { HOLDOUT_DATA_DIR: folder };
      const missing = await holdout(["compare", "--no-store", "--data", "mnist"], { env });
      expect(missing.code).toBe(2);
      expect(missing.stderr).toContain(folder);
      expect(missing.stderr.trim().split("\n")).toHaveLength(1);
      mkdirSync(join(folder, "mnist"));
      for (const name of [
        "train-images-idx3",
        "train-labels-idx1",
        "t10k-images-idx3",
        "t10k-labels-idx1",
      ]) {
        writeFileSync(join(folder, "mnist", `${name}-ubyte`), "not IDX");
      }
      const broken = await holdout(["compare", "--no-store", "--data", "mnist"], { env });
      expect(broken.code).toBe(2);
      expect(broken.stderr.trim().split("\n")).toHaveLength(1);
    });
  });
});

describe("holdout", () => {
  it("refuses an unknown command and names the nearest", async () => {
    expect(await holdout(["comapre"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `Unknown command 'comapre' (Did you mean compare?). See "holdout --help".\n`,
    });
  });
});
