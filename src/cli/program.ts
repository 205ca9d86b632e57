/** @file The commands and options of `holdout`, and their help. */
import { Command } from "commander";
import { compareDefaults, packageVersion } from "../node/index.js";
import { runCompare, type CompareFlags } from "./compare.js";
import type { CommandHelp } from "./errors.js";
import { runInit, type InitFlags } from "./init.js";
import { readArms, readNumber, readNumbers, readPercent, readText } from "./options.js";
import { addStudies, STORE_FILE } from "./studyCommands.js";
import { explainOutput, techniquesOutput } from "./techniques.js";

const COMPARE_DETAILS = `
Arms are techniques on the reference network (784-512-256-10, ReLU, Adam 1e-3), each written as id,
id=value for its first parameter, or id(name=value,...) for any of them; several are joined by "+".
"holdout techniques" lists them. Quote parentheses, which mean something to a shell. All arms of one seed
share split, initial weights and batch order. The first arm is the baseline. With fewer than three seeds no
arm gets a verdict; all arms share one error rate of 5 % on each metric (Holm).

A range stands for several arms, l2=1e-6..1e-1:7 for seven strengths: equal factors for penalties, equal
differences for rates. --train-sizes trains every arm on the first so many training rows; smaller sets
lie in larger ones. --until trains a pilot of --seeds seeds (default ${compareDefaults.pilot}), then as many as its spread asks for
(Stein's two-stage rule, which keeps the error rate).

--recipe reads model, training, data, arms and seeds from a file that "holdout init" writes (YAML or JSON; .js
and .ts are programs and are run). What an option says here comes before what the file says.

The engine "blas" hands large matrix products to the BLAS that HOLDOUT_BLAS names, or else to the first
that is found (OpenBLAS, MKL, BLIS, Accelerate); "auto" does so where there is one. Numbers differ between
engines by rounding alone, and every result names its engine. "wasm" multiplies with instructions of 256 bits
where V8 can make them (Node 24 and later, experimental, checked before use); "wasm128" never does, and gives
the same numbers.

Every finished trial is kept in the store. The same command again trains only what is missing, also after a
crash or a kill; see "holdout studies".

MNIST is read from the folder named by HOLDOUT_DATA_DIR, else from the user's cache, else downloaded.

Examples:
  holdout compare
  holdout compare --arms none,dropout=0.2,dropout=0.5 --seeds 10 --report report.html
  holdout compare --arms 'none,l2=1e-4+dropout=0.3,elasticNet(l1=1e-5,l2=1e-4)'
  holdout compare --arms none,l2=1e-6..1e-1:7 --seeds 3 --train-size 500 --report sweep.html
  holdout compare --arms none,dropout=0.5 --train-sizes 100,1000,10000 --equal updates
  holdout compare --arms none,dropout=0.2 --until 0.5% --minutes 20
  holdout compare --recipe recipe.yaml --epochs 5
  holdout compare --data mnist --train-size 2000 --epochs 40 --json -
`;

function addCompare(program: Command): void {
  const { data, arms, seeds, epochs, batchSize, splitSeed, engine } = compareDefaults;
  program
    .command("compare")
    .summary("train arms with paired seeds and say which generalizes better")
    .description("Trains every arm with every seed and says which generalizes better, if any does.")
    .option("--recipe <file>", "how to train, from a file; see holdout init", readText("--recipe"))
    .option("--data <name>", `data set: digits or mnist (default: ${data})`, readText("--data"))
    .option(
      "--arms <list>",
      `arms, separated by commas (default: ${arms.join()})`,
      readArms("--arms"),
    )
    .option("--seeds <count>", `seeds an arm (default: ${seeds})`, readNumber("--seeds"))
    .option(
      "--until <percent>",
      "add seeds until intervals of test accuracy are +- this",
      readPercent("--until"),
    )
    .option(
      "--minutes <count>",
      "with --until: begin no seed after this time",
      readNumber("--minutes"),
    )
    .option("--trials <count>", "with --until: no more trials than this", readNumber("--trials"))
    .option("--epochs <count>", `epochs a trial (default: ${epochs})`, readNumber("--epochs"))
    .option(
      "--batch-size <rows>",
      `rows of one update (default: ${batchSize})`,
      readNumber("--batch-size"),
    )
    .option("--train-size <rows>", "training rows (default: all)", readNumber("--train-size"))
    .option(
      "--train-sizes <list>",
      "several numbers of training rows",
      readNumbers("--train-sizes"),
    )
    .option(
      "--equal <what>",
      "what train sizes share: epochs (default) or updates",
      readText("--equal"),
    )
    .option(
      "--split-seed <seed>",
      `seed of the split (default: ${splitSeed})`,
      readNumber("--split-seed"),
    )
    .option(
      "--engine <name>",
      "auto, wasm, wasm128, or blas: a system BLAS",
      readText("--engine"),
      engine,
    )
    .option("--workers <count>", "trials at a time (default: one a core)", readNumber("--workers"))
    .option("--store <file>", "keep the study in this file", readText("--store"), STORE_FILE)
    .option("--no-store", "keep it nowhere")
    .option("--json <file>", "write everything as JSON; - prints it instead", readText("--json"))
    .option("--report <file>", "write one self-contained HTML page", readText("--report"))
    .option("--quiet", "print the result alone, no progress")
    .option("--no-color", "print without colours, as with NO_COLOR")
    .addHelpText("after", COMPARE_DETAILS)
    .action(async (flags: CompareFlags) => {
      process.exitCode = await runCompare(flags);
    });
}

function addInit(program: Command): void {
  program
    .command("init")
    .summary("write a recipe by asking")
    .description(
      "Asks for data, model, training and arms, and writes a recipe for compare --recipe.",
    )
    .argument("[file]", "where to, .yaml or .json", "recipe.yaml")
    .option("--yes", "ask nothing: write the reference recipe")
    .action(async (file: string, flags: InitFlags) => {
      process.exitCode = await runInit(file, flags);
    });
}

function addTechniques(program: Command): void {
  program
    .command("techniques")
    .summary("list the techniques that arms are made of")
    .description("Lists the techniques that arms are made of, with their first parameter.")
    .option("--json", "print the definitions as JSON")
    .action((flags: { json?: true }) => void process.stdout.write(techniquesOutput(flags)));
  program
    .command("explain")
    .summary("say what a technique does, costs, when it helps and fails")
    .description(
      "Says what a technique does, its formula, cost and parameters, when it helps and fails.",
    )
    .argument("<technique>", "its id, as in arms: dropout")
    .option("--json", "print the definition as JSON")
    .action((id: string, flags: { json?: true }) => {
      process.stdout.write(explainOutput(id, flags));
    });
}

/** Errors, help and version end in an exception, which main turns into an exit code. */
export function createProgram(): Command {
  const program = new Command("holdout")
    .description("Find out by controlled experiment which regularization generalizes better.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  addCompare(program);
  addInit(program);
  addStudies(program);
  addTechniques(program);
  for (const command of program.commands) {
    command.exitOverride((error) => {
      throw Object.assign<Error, CommandHelp>(error, { help: `holdout ${command.name()} --help` });
    });
  }
  return program;
}
