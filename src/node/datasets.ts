/** @file The data sets that Holdout knows by name, read through Node's files, cache and network. */
import {
  digits,
  mnist,
  type LabelledDataset,
  type DigitsOptions,
  type DownloadEvent,
} from "../data/index.js";
import { nodeDataAccess } from "./dataAccess.js";

/** `train` is to be split into training and validation rows; `test` is to be looked at once. */
export interface TrainAndTest {
  readonly train: LabelledDataset;
  readonly test: LabelledDataset;
}

export interface LoadHooks {
  readonly onDownload?: (event: DownloadEvent) => void;
}

/**
 * Named data sets.
 *
 * @example
 * const mnist = await datasets.mnist();
 * const { train, validation } = mnist.train.split({ validation: 0.1, seed: 42 });
 */
export const datasets = {
  /**
   * Drawn digits, for trying things out without a download. The test rows have no label noise.
   *
   * @param options - of the training rows; see {@link digits}
   * @throws UsageError naming the option out of range
   */
  digits: (options: Omit<DigitsOptions, "part"> = {}): Promise<TrainAndTest> => {
    const { seed } = options;
    const test = digits({ ...(seed === undefined ? {} : { seed }), part: "test" });
    return Promise.resolve({ train: digits(options), test });
  },
  /**
   * MNIST: 60,000 and 10,000 rows, from the folder named by HOLDOUT_DATA_DIR, else from the user's
   * cache, else downloaded into it.
   *
   * @throws UsageError if the folder lacks files, no mirror delivers one, or a file is not MNIST's
   */
  mnist: (hooks: LoadHooks = {}): Promise<TrainAndTest> => mnist(nodeDataAccess(hooks)),
};
