/** @file Compares techniques on this machine: data from its files, trials on its cores. */
import { availableParallelism } from "node:os";
import { loadSource, type DownloadEvent } from "../data/index.js";
import {
  designStudy,
  prepareData,
  runStudy,
  type SizeChoice,
  type StudyDesign,
  type StudyEvent,
  type StudyResult,
  type StudyStore,
  type UntilChoice,
} from "../study/index.js";
import type { SimdBits } from "../runtime/index.js";
import { referenceRecipe, type Recipe } from "../techniques/index.js";
import { checkParameter, integer, UsageError } from "../util/index.js";
import { reproduceCommand } from "./command.js";
import { nodeDataAccess } from "./dataAccess.js";
import { describeEnvironment } from "./environment.js";
import {
  findLibrary,
  simdBitsOf,
  type EngineChoice,
  type FoundLibrary,
} from "./matrixLibraries.js";
import { sqliteStore } from "./sqliteStore.js";
import { threadWorkers } from "./workers.js";

/** What is compared, on which recipe. Every field has a default. */
export interface CompareOptions {
  /**
   * How all arms are trained, but for their techniques; default the reference recipe, on digits. The fields
   * below replace single values of it, if they are given.
   */
  readonly recipe?: Recipe | undefined;
  /** "digits" or "mnist"; default "digits". Another one than the recipe's leaves its options behind. */
  readonly data?: string | undefined;
  /** The first one is the baseline; default "none" and "dropout=0.5". */
  readonly arms?: readonly string[] | undefined;
  /** How many; they are 1, 2, 3, ... Default 5; with `until`, the pilot's, default 10. */
  readonly seeds?: number | undefined;
  /**
   * Adds seeds after the pilot until the interval of the test accuracy of every arm reaches at most
   * `halfWidth` to either side, or a budget is spent; default: no seeds are added.
   */
  readonly until?: UntilChoice | undefined;
  /** Default 20. */
  readonly epochs?: number | undefined;
  /** Rows of one update; default 128. */
  readonly batchSize?: number | undefined;
  /** Training rows after the split; default all of them. */
  readonly trainRows?: number | undefined;
  /** Several numbers of training rows, each a prefix of the next, in place of `trainRows`. */
  readonly trainSizes?: readonly number[] | undefined;
  /** What training on different numbers of rows has in common; default "epochs". */
  readonly equal?: SizeChoice["equal"] | undefined;
  /** scikit-learn's `random_state`; default 42. */
  readonly splitSeed?: number | undefined;
  /**
   * "blas" hands large matrix products to the system's BLAS, "wasm" to none; the default "auto" to one if
   * one is found. Numbers differ between them by rounding; the result names the engine. "wasm128" gives the
   * numbers of "wasm" without instructions of 256 bits.
   */
  readonly engine?: EngineChoice | undefined;
}

/** How it is run; nothing here changes a number. */
export interface CompareHooks {
  /**
   * A file in which the study survives this process: run again, it trains what is missing. Default none.
   * It is made if it is not there.
   */
  readonly store?: string | undefined;
  /** Trials at a time, each on a thread of its own; default one a core. */
  readonly workers?: number | undefined;
  /** Where the recipe was read from, for the command in the result; default "recipe.json". */
  readonly recipeFile?: string | undefined;
  readonly onEvent?: ((event: StudyEvent) => void) | undefined;
  readonly onDownload?: ((event: DownloadEvent) => void) | undefined;
  /** Ends the study at once; what is finished is returned, marked as interrupted. */
  readonly signal?: AbortSignal | undefined;
}

export const compareDefaults = {
  data: "digits",
  arms: ["none", "dropout=0.5"],
  seeds: 5,
  pilot: 10,
  equal: "epochs",
  epochs: referenceRecipe.training.epochs,
  batchSize: referenceRecipe.training.batchSize,
  splitSeed: referenceRecipe.split.seed,
  engine: "auto",
} as const;

const workerCount = integer({ min: 1, default: 1, advice: "Leave it out for one a core." });

/** The sizes of which the largest are the rows that are loaded. */
function chooseSizes({ trainSizes, equal, trainRows }: CompareOptions): SizeChoice | undefined {
  if (trainSizes === undefined) {
    if (equal === undefined) return undefined;
    throw new UsageError(
      "Study: equal must come with several train sizes; got none. Leave it out.",
    );
  }
  if (trainRows !== undefined) {
    throw new UsageError(
      "Study: there must be one train size or several; got both. Keep one of them.",
    );
  }
  return { rows: trainSizes, equal: equal ?? compareDefaults.equal };
}

/** The recipe where none is given. How many rows validate is the data set's own choice: see prepareData. */
const defaultRecipe: Recipe = {
  ...referenceRecipe,
  data: { name: compareDefaults.data },
  split: { seed: compareDefaults.splitSeed },
};

/** The recipe that was given, checked. Loaded late: most studies have none. */
async function checkGiven(recipe: Recipe): Promise<Recipe> {
  const { checkRecipe } = await import("../recipes/index.js");
  return checkRecipe("compare", recipe);
}

/** The recipe with what the options say in the place of its own. */
function withOptions(recipe: Recipe, options: CompareOptions): Recipe {
  const sizes = options.trainSizes ?? [];
  const trainRows = sizes.length > 0 ? Math.max(...sizes) : options.trainRows;
  const { data = recipe.data.name, epochs, batchSize, splitSeed } = options;
  const { training } = recipe;
  return {
    ...recipe,
    data: {
      ...(data === recipe.data.name ? recipe.data : { name: data }),
      ...(trainRows !== undefined && { trainRows }),
    },
    split: { ...recipe.split, seed: splitSeed ?? recipe.split.seed },
    training: {
      ...training,
      epochs: epochs ?? training.epochs,
      batchSize: batchSize ?? training.batchSize,
    },
  };
}

/** The promise's value, unless the signal comes first: then its reason is thrown. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([promise, aborted]);
  signal.throwIfAborted();
  return promise;
}

interface Preparation {
  readonly library: FoundLibrary;
  readonly simdBits: SimdBits | undefined;
  /** Trials at a time. */
  readonly threads: number;
  readonly store: StudyStore | undefined;
  /** The file of the recipe, if it is no default. */
  readonly recipe: string | undefined;
}

/** Loads the data of a design that is checked, and runs it. */
async function run(
  asked: StudyDesign,
  { library, simdBits, threads, store, recipe }: Preparation,
  { onEvent, onDownload, signal }: CompareHooks,
): Promise<StudyResult> {
  const location = library && "location" in library ? library.location : undefined;
  const access = nodeDataAccess(onDownload && { onDownload });
  const source = await unlessAborted(loadSource(asked.recipe.data, access), signal);
  const data = await prepareData(source, asked.recipe);
  const design = { ...asked, recipe: data.recipe };
  const engine = location === undefined ? "wasm" : "blas";
  return runStudy(design, data, {
    environment: await describeEnvironment(reproduceCommand(design, engine, { recipe }), {
      library,
      simdBits,
    }),
    startWorker: threadWorkers(data, {
      ...{ library: location, simdBits, checkpoints: store !== undefined },
    }),
    workers: threads,
    clock: () => performance.now(),
    ...{ store, onEvent, signal },
  });
}

/**
 * Trains every arm with every seed on threads of this machine and compares each arm with the first.
 *
 * @throws UsageError for anything that the caller can put right, before training begins; the
 *   signal's reason if it comes before then.
 * @example
 * const { comparisons } = await compare({ arms: ["none", "dropout=0.2"], seeds: 10 });
 * for (const { sentence } of comparisons) console.log(sentence);
 */
export async function compare(
  options: CompareOptions = {},
  hooks: CompareHooks = {},
): Promise<StudyResult> {
  const given = options.recipe && (await checkGiven(options.recipe));
  const { arms = compareDefaults.arms, until, engine = compareDefaults.engine } = options;
  const seeds = options.seeds ?? (until ? compareDefaults.pilot : compareDefaults.seeds);
  const recipe = withOptions(given ?? defaultRecipe, options);
  const design = designStudy({ recipe, arms, seeds, sizes: chooseSizes(options), until });
  const library = findLibrary({ engine });
  const workers = hooks.workers ?? availableParallelism();
  const threads = checkParameter("Study", "workers", workerCount, workers);
  const recipeFile = given && (hooks.recipeFile ?? "recipe.json");
  // Before anything is downloaded: a store that cannot be written refuses the study.
  const store = hooks.store === undefined ? undefined : sqliteStore(hooks.store);
  try {
    const simdBits = simdBitsOf(engine);
    return await run(design, { library, simdBits, threads, store, recipe: recipeFile }, hooks);
  } finally {
    await store?.close();
  }
}
