/** @file `holdout compare`: runs a study in front of the user and hands over its result. */
import { compare, readRecipe, type CompareOptions, type EngineChoice } from "../node/index.js";
import type { StudyEvent, StudyResult } from "../study/index.js";
import { UsageError } from "../util/index.js";
import { colorsFor } from "./colors.js";
import { EXIT_DEFECT, EXIT_USAGE } from "./errors.js";
import { formatCount, formatRanges } from "./format.js";
import { listenForInterrupt } from "./interrupt.js";
import { checkOutputs, formatStdout, writeFiles, type Outputs } from "./outputs.js";
import { liveProgress, plainProgress, silentProgress, type Progress } from "./progress.js";

/** As commander reads them: a name is its long flag in camel case. */
export interface CompareFlags extends Outputs {
  readonly recipe?: string;
  readonly data?: string;
  readonly arms?: readonly string[];
  readonly seeds?: number;
  readonly until?: number;
  readonly minutes?: number;
  readonly trials?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly trainSize?: number;
  readonly trainSizes?: readonly number[];
  readonly equal?: string;
  readonly splitSeed?: number;
  readonly engine: string;
  readonly workers?: number;
  /** False for none. */
  readonly store: string | false;
  readonly quiet?: true;
  readonly color: boolean;
}

/** Resolves when the text is out, for `process.exit` does not wait for a slow reader. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(text, () => resolve()));

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function chooseProgress({ quiet, color }: CompareFlags): Progress {
  if (quiet) return silentProgress;
  const stream = process.stderr;
  const clock = (): number => performance.now();
  const options = { stream, colors: colorsFor(stream, color), clock };
  const live = stream.isTTY && process.env.TERM !== "dumb";
  return live ? liveProgress(options) : plainProgress(options);
}

function untilOf({ until, minutes, trials }: CompareFlags): CompareOptions["until"] {
  if (until !== undefined) {
    return {
      halfWidth: until,
      ...(minutes !== undefined && { minutes }),
      ...(trials !== undefined && { trials }),
    };
  }
  if (minutes === undefined && trials === undefined) return undefined;
  const flag = minutes === undefined ? "--trials" : "--minutes";
  throw new UsageError(
    `${flag}: there must be a width to add seeds until, too. Give --until 0.1%.`,
  );
}

/** What the flags say, before what the recipe's file says, before the defaults of {@link compare}. */
async function compareOptions(flags: CompareFlags): Promise<CompareOptions> {
  const { data, epochs, batchSize, trainSize, trainSizes, splitSeed } = flags;
  const file = flags.recipe === undefined ? undefined : await readRecipe(flags.recipe);
  return {
    ...{ recipe: file?.recipe, arms: flags.arms ?? file?.arms, seeds: flags.seeds ?? file?.seeds },
    ...{ data, epochs, batchSize, splitSeed },
    ...{ trainRows: trainSize, trainSizes, until: untilOf(flags) },
    // Checked, like every other value, where they are used.
    engine: flags.engine as EngineChoice,
    equal: flags.equal as CompareOptions["equal"],
  };
}

const countTrials = ({ arms }: StudyResult): number =>
  arms.reduce((sum, { trials }) => sum + trials.length, 0);

/** The result, or undefined if the user stopped the study before a trial was finished. */
async function finishedPart(
  study: Promise<StudyResult>,
  signal: AbortSignal,
): Promise<StudyResult | undefined> {
  try {
    const result = await study;
    return countTrials(result) === 0 ? undefined : result;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}

/** What the user must know after Ctrl-C: what is finished, and where it is. */
function describeInterruption(result: StudyResult | undefined, written: readonly string[]): string {
  if (result === undefined) return "Interrupted before a trial was finished; nothing was written.";
  const finished = result.arms
    .filter(({ trials }) => trials.length > 0)
    .map(({ name, trials }) => `${name}: seed ${formatRanges(trials.map(({ seed }) => seed))}`);
  const kept = `${formatCount(countTrials(result), "trial")} finished (${finished.join("; ")})`;
  const where =
    written.length === 0 ? "" : `; written, marked as interrupted: ${written.join(", ")}`;
  return `Interrupted: ${kept}${where}.`;
}

/**
 * Runs the study that the flags describe.
 *
 * @returns the process's exit code; after Ctrl-C it ends the process instead.
 * @throws UsageError for anything that the user can put right, before training begins.
 */
export async function runCompare(flags: CompareFlags): Promise<number> {
  checkOutputs(flags);
  const options = await compareOptions(flags);
  const { signal, exitCode } = listenForInterrupt();
  const progress = chooseProgress(flags);
  let crashed = false;
  let unstored = 0;
  const onEvent = (event: StudyEvent): void => {
    crashed ||= event.kind === "failed" && event.error !== undefined;
    if (event.kind === "trouble") {
      unstored = event.unstored;
      // Not even who wants no progress wants to lose results without a word.
      if (flags.quiet) say(event.message);
    }
    progress.onEvent(event);
  };
  const { onDownload } = progress;
  const store = flags.store === false ? undefined : flags.store;
  const hooks = {
    ...{ workers: flags.workers, recipeFile: flags.recipe, store, signal },
    ...{ onEvent, onDownload },
  };
  const study = compare(options, hooks).finally(progress.close);
  const result = await finishedPart(study, signal);
  // First the table: if the disk is full by now, it is not lost.
  if (result) await print(await formatStdout(result, flags));
  const written = result ? await writeFiles(result, flags) : [];
  const interrupted = exitCode();
  if (interrupted !== undefined) {
    say(describeInterruption(result, written));
    if (store !== undefined) say("The same command goes on from here.");
    // A download may still be under way, and the user said now.
    process.exit(interrupted);
  }
  if (!flags.quiet) for (const path of written) say(`wrote ${path}`);
  if (crashed) return EXIT_DEFECT;
  // Without a signal, a study is cut short by its store alone.
  return unstored > 0 || result?.interrupted ? EXIT_USAGE : 0;
}
