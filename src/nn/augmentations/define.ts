/** @file What a batch augmentation is: numbers that are drawn for each row, and a function of a training batch. */
import type { Shape, Tensor } from "../../graph/index.js";
import type { RandomStream } from "../../util/index.js";
import { createFactory, type Component, type Factory, type Spec } from "../component.js";
import type { Noise } from "../layers/define.js";
import type { BatchTarget } from "../objective.js";
import type { Declarations, DeclaredValues } from "../parameters.js";

/** A batch augmentation as plain data: `{ kind: "mixup", alpha: 0.2 }`. */
export type AugmentationSpec = Spec;

/** The rows of one update. */
export interface Batch {
  /** Scaled, in the shape in which rows were given: [rows, ...rowShape], float32. */
  readonly x: Tensor;
  /** One, or several with their shares where rows are mixed. */
  readonly targets: readonly BatchTarget[];
}

/** The batch that numbers are drawn for. */
export interface DrawnBatch {
  readonly rows: number;
  readonly rowShape: Shape;
}

/** What an augmentation has beside the batch. */
export interface AugmentContext<D extends Declarations> {
  readonly values: DeclaredValues<D>;
  /** The drawn numbers, one tensor of [rows] for each column; float32. */
  readonly drawn: readonly Tensor[];
  /** For random numbers inside the program. */
  readonly noise: Noise;
  /** The name of its own stream: "augmentation/noise_2". */
  readonly name: string;
}

export interface AugmentationDefinition<
  D extends Declarations = Declarations,
> extends Component<D> {
  /** Whether rows must be images: [height, width] or [height, width, channels]. */
  readonly takesImages: boolean;
  /** Whether it mixes rows, and so their targets. */
  readonly mixes?: boolean;
  /** Numbers that `draw` gives for each row. */
  readonly columns: number;
  /** The numbers of each row of a batch, drawn on the host. */
  draw?(
    values: DeclaredValues<D>,
    random: RandomStream,
    batch: DrawnBatch,
  ): readonly (readonly number[])[];
  apply(batch: Batch, context: AugmentContext<D>): Batch;
}

/** Declares an augmentation and gives the function that makes its spec. */
export function defineAugmentation<D extends Declarations>(
  definition: AugmentationDefinition<D>,
): Factory<AugmentationDefinition<D>, D, never> {
  return createFactory<D, never, AugmentationDefinition<D>>(definition);
}
