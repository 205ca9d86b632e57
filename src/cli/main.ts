#!/usr/bin/env node
/** @file The entry of the command line: runs it and turns errors into a sentence and an exit code. */
import { describeError } from "./errors.js";
import { createProgram } from "./program.js";

function fail(error: unknown): void {
  const { text, exitCode } = describeError(error);
  if (text !== "") process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

// `holdout ... | head` closes the pipe early; that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});

const program = createProgram();
try {
  if (process.argv.length <= 2) program.outputHelp();
  else await program.parseAsync();
} catch (error) {
  fail(error);
}
