/** @file What the command line says about an error, and the exit code that goes with it. */
import { CommanderError } from "commander";
import { InternalError, UsageError } from "../util/index.js";

export const EXIT_DEFECT = 1;
export const EXIT_USAGE = 2;

export interface ErrorReport {
  readonly text: string;
  readonly exitCode: number;
}

/** Which help to see, of an error in the options of a command. */
export interface CommandHelp {
  readonly help?: string;
}

/** Commander's "error: unknown option '--sed'\n(Did you mean --seeds?)" as one sentence of ours. */
function sentence({ message, help = "holdout --help" }: CommanderError & CommandHelp): string {
  const text = message.replace(/^error: /, "").replaceAll("\n", " ");
  const end = /[.?!]$/.test(text) ? "" : ".";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end} See "${help}".`;
}

/** A user's mistake is one sentence; anything else is ours, and says so with its stack. */
export function describeError(error: unknown): ErrorReport {
  if (error instanceof UsageError) return { text: error.message, exitCode: EXIT_USAGE };
  if (error instanceof CommanderError) {
    // Help and version leave by an error too, with exit code 0 and nothing more to say.
    if (error.exitCode === 0) return { text: "", exitCode: 0 };
    return { text: sentence(error), exitCode: EXIT_USAGE };
  }
  const { message, stack } = error instanceof Error ? error : new InternalError(String(error));
  const text = `${message}\nThis is a defect in Holdout; please report it with these lines:\n${stack}`;
  return { text, exitCode: EXIT_DEFECT };
}
