/** @file The commands that read and tidy the store, and their help. */
import type { Command } from "commander";
import { readNumber, readText } from "./options.js";
import {
  exportStudy,
  removeStudy,
  showOutput,
  studiesOutput,
  writeReport,
  type StoreFlags,
} from "./studies.js";

/** Where studies are kept unless told otherwise. */
export const STORE_FILE = "holdout.db";

const print = (text: string): void => void process.stdout.write(text);
const say = (text: string): void => void process.stderr.write(text);

interface Description {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly string[];
}

function addCommand(
  program: Command,
  { name, summary, description, examples }: Description,
): Command {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .option("--store <file>", "the file that studies are kept in", readText("--store"), STORE_FILE)
    .addHelpText("after", ["", "Examples:", ...examples.map((each) => `  ${each}`), ""].join("\n"));
}

/** Adds the argument that all but `rm` may leave out. */
const withNumber = (command: Command): Command =>
  command.argument("[number]", "the study's number (default: the latest)", readNumber("number"));

function addStudyList(program: Command): void {
  addCommand(program, {
    name: "studies",
    summary: "list the studies in the store",
    description: "Lists the studies in the store, oldest first, also while one of them runs.",
    examples: ["holdout studies", "holdout studies --store mnist.db --json"],
  })
    .option("--json", "print the list as JSON")
    .action(async (flags: StoreFlags & { json?: true }) => print(await studiesOutput(flags)));
}

function addShow(program: Command): void {
  const show = addCommand(program, {
    name: "show",
    summary: "print a study's result",
    description: "Prints what is finished of a study, as compare does.",
    examples: ["holdout show", "holdout show 3"],
  });
  withNumber(show)
    .option("--no-color", "print without colours, as with NO_COLOR")
    .action(async (number: number | undefined, flags: StoreFlags & { color: boolean }) =>
      print(await showOutput(number, flags)),
    );
}

function addReport(program: Command): void {
  const report = addCommand(program, {
    name: "report",
    summary: "write a study's HTML report",
    description: "Writes what is finished of a study as one self-contained HTML page.",
    examples: ["holdout report", "holdout report 3 --output dropout.html"],
  });
  withNumber(report)
    .option("--output <file>", "the page", readText("--output"), "report.html")
    .action(async (number: number | undefined, flags: StoreFlags & { output: string }) =>
      say(await writeReport(number, flags)),
    );
}

function addExport(program: Command): void {
  const command = addCommand(program, {
    name: "export",
    summary: "write a study's numbers as CSV or JSON",
    description:
      "Writes a study's numbers: as CSV one row an epoch and trial, as JSON all that the report is made of.",
    examples: ["holdout export --csv epochs.csv", "holdout export 3 --json - | jq .comparisons"],
  });
  withNumber(command)
    .option("--csv <file>", "write CSV; - prints it instead", readText("--csv"))
    .option("--json <file>", "write JSON; - prints it instead", readText("--json"))
    .action(
      async (number: number | undefined, flags: StoreFlags & { csv?: string; json?: string }) => {
        const { stdout, stderr } = await exportStudy(number, flags);
        print(stdout);
        say(stderr);
      },
    );
}

function addRemove(program: Command): void {
  addCommand(program, {
    name: "rm",
    summary: "remove a study from the store",
    description:
      "Removes a study and gives its room back to the disk. Trials that other studies share are kept.",
    examples: ["holdout rm 3"],
  })
    .argument("<number>", "the study's number", readNumber("number"))
    .action(async (number: number, flags: StoreFlags) => say(await removeStudy(number, flags)));
}

export function addStudies(program: Command): void {
  addStudyList(program);
  addShow(program);
  addReport(program);
  addExport(program);
  addRemove(program);
}
