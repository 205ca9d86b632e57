import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { UsageError } from "../util/index.js";
import { describeError } from "./errors.js";
import { createProgram } from "./program.js";

async function parse(...words: string[]): Promise<unknown> {
  const program: Command = createProgram();
  program.commands[0].action(() => undefined);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    return describeError(error);
  }
  return undefined;
}

describe("describeError", () => {
  it("gives a user's mistake as its sentence, with exit code 2", () => {
    const error = new UsageError("Dropout: rate must be a number in [0, 1); got 1.");
    expect(describeError(error)).toEqual({ text: error.message, exitCode: 2 });
  });

  it("calls anything else a defect and adds the stack, with exit code 1", () => {
    const error = Object.assign(new TypeError("x is not a function"), { stack: "at y" });
    expect(describeError(error)).toEqual({
      text: "x is not a function\nThis is a defect in Holdout; please report it with these lines:\nat y",
      exitCode: 1,
    });
    expect(describeError("just text").exitCode).toBe(1);
  });
});

describe("bad options", () => {
  const cases: readonly [string[], string][] = [
    [["compare", "--sedes", "3"], "Unknown option '--sedes' (Did you mean --seeds?)."],
    [["compare", "--seeds"], "Option '--seeds <count>' argument missing."],
    [["compare", "mnist"], "Too many arguments for 'compare'. Expected 0 arguments but got 1."],
  ];
  it.each(cases)("%j get one sentence and exit code 2", async (words, sentence) => {
    const text = `${sentence} See "holdout compare --help".`;
    expect(await parse(...words)).toEqual({ text, exitCode: 2 });
  });

  it("name the help of the command that they are of", async () => {
    expect(await parse("explain")).toEqual({
      text: `Missing required argument 'technique'. See "holdout explain --help".`,
      exitCode: 2,
    });
    expect(await parse("techniques", "--jsno")).toEqual({
      text: `Unknown option '--jsno' (Did you mean --json?). See "holdout techniques --help".`,
      exitCode: 2,
    });
  });

  it("are told from a bad command", async () => {
    const text = `Unknown command 'comapre' (Did you mean compare?). See "holdout --help".`;
    expect(await parse("comapre")).toEqual({ text, exitCode: 2 });
  });

  it.each([
    [["--seeds", "five"], '--seeds: the value must be a number; got "five".'],
    [["--epochs", ""], '--epochs: the value must be a number; got "".'],
    [["--json", "--quiet"], '--json: there must be a value; got "--quiet".'],
  ])("%j names the option and the value", async (words, text) => {
    expect(await parse("compare", ...words)).toEqual({ text, exitCode: 2 });
  });

  it("takes a negative number as a value, for the range check to refuse", async () => {
    expect(await parse("compare", "--seeds", "-1")).toBeUndefined();
  });
});
