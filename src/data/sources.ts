/** @file The data sets that a study knows by name, and how each is split unless told otherwise. */
import {
  checkParameters,
  integer,
  unknownName,
  type Parameters,
  type ParameterValues,
} from "../util/index.js";
import type { DataAccess } from "./access.js";
import type { Dataset } from "./dataset.js";
import { digits, DIGITS_PARAMETERS } from "./digits.js";
import { mnist } from "./mnist.js";

/** Which data, by name; options that the data set does not have are refused. */
export interface SourceRequest {
  readonly name: string;
  /**
   * How many rows to train on: after the split, the first so many training rows. Default for digits
   * 2,000, which are drawn beside the rows to validate on; for mnist all that are not held out.
   */
  readonly trainRows?: number;
  /** Of digits: which images are drawn; default 1. */
  readonly seed?: number;
  /** Of digits: share of wrong labels in the pool, never in the test set; default 0. */
  readonly labelNoise?: number;
}

/** Data before the split. */
export interface Source {
  /** Rows to train and to validate on. */
  readonly pool: Dataset;
  /** Rows to test on, once, at the end. */
  readonly test: Dataset;
  /** How the pool is split unless the user says otherwise: see SplitOptions. */
  readonly defaults: { readonly validation: number; readonly splitSeed: number };
}

/** A data set that a name stands for, and what may be said of it. */
export interface SourceDefinition<P extends Parameters = Parameters> {
  readonly name: string;
  readonly params: P;
  load(values: ParameterValues<P>, access: DataAccess): Promise<Source>;
}

const define = <P extends Parameters>(definition: SourceDefinition<P>): SourceDefinition<P> =>
  definition;

const HELD_OUT_DIGITS = 2000;
const TEST_DIGITS = 2000;
const MNIST_POOL = 60_000;
const TRAIN_ROWS = integer({ min: 1, max: 900_000, default: 2000 });

const digitsSource = define({
  name: "digits",
  params: {
    trainRows: TRAIN_ROWS,
    seed: DIGITS_PARAMETERS.seed,
    labelNoise: DIGITS_PARAMETERS.labelNoise,
  },
  load: ({ trainRows, seed, labelNoise }) =>
    Promise.resolve({
      pool: digits({ rows: trainRows + HELD_OUT_DIGITS, seed, labelNoise }),
      test: digits({ rows: TEST_DIGITS, seed, part: "test" }),
      defaults: { validation: HELD_OUT_DIGITS, splitSeed: 42 },
    }),
});

const mnistSource = define({
  name: "mnist",
  // Checked here, used after the split: the pool stays whole.
  params: { trainRows: integer({ min: 1, max: MNIST_POOL - 1, default: MNIST_POOL - 1 }) },
  load: async (_, access) => {
    const { train, test } = await mnist(access);
    return { pool: train, test, defaults: { validation: 0.1, splitSeed: 42 } };
  },
});

/** The data sets that {@link loadSource} knows; a new one adds its line here. */
export const sources: readonly SourceDefinition[] = [digitsSource, mnistSource];

/**
 * Loads a data set by name.
 *
 * @throws UsageError for an unknown name, with the nearest known one; for an option out of range or of
 * another data set; and whatever loading the data set may throw.
 */
export async function loadSource(request: SourceRequest, access: DataAccess): Promise<Source> {
  const { name, ...given } = request;
  const source = sources.find((one) => one.name === name);
  if (source === undefined) {
    throw unknownName(
      "data set",
      name,
      sources.map((one) => one.name),
    );
  }
  return source.load(checkParameters(name, source.params, given), access);
}
