/** @file What is done to features before training, by name. A new way is one line in the table. */
import { choice, checkParameter } from "../util/index.js";
import type { Dataset } from "./dataset.js";
import { fitStandardizer } from "./standardize.js";

/** Learns from training rows what it then does to rows. */
type Preprocessing = (train: Dataset) => (data: Dataset) => Dataset;

const WAYS = {
  /** The stored number times the data set's scale, as it is anyway: bytes of images in [0, 1]. */
  scale: () => (data) => data,
  /** See {@link fitStandardizer}. */
  standardize: (train) => fitStandardizer(train).apply,
} as const satisfies Readonly<Record<string, Preprocessing>>;

export type PreprocessingName = keyof typeof WAYS;

/** The names that {@link preprocess} knows. */
export const preprocessingParameter = choice({
  choices: Object.keys(WAYS) as PreprocessingName[],
  default: "scale",
});

/** The rows of a training. */
interface Parts {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

/**
 * The rows with their features preprocessed. What has to be learned is learned from the training rows.
 *
 * @throws UsageError for an unknown name, with the nearest one
 */
export function preprocess(name: PreprocessingName, { train, validation, test }: Parts): Parts {
  const way = WAYS[checkParameter("Data", "preprocessing", preprocessingParameter, name)];
  const apply = way(train);
  return { train: apply(train), validation: apply(validation), test: apply(test) };
}
