/** @file Batch augmentations at work: what they draw for each epoch, and what they make of a batch. */
import { ops, variable, type Shape, type Tensor, type Variable } from "../../graph/index.js";
import type { Engine } from "../../runtime/index.js";
import { isOff, randomStream, UsageError } from "../../util/index.js";
import { resolveSpec, type checkValues } from "../component.js";
import type { Noise } from "../layers/define.js";
import type { AugmentationDefinition, AugmentationSpec, Batch } from "./define.js";
import { augmentations } from "./list.js";

export interface NamedAugmentation {
  /** "augmentation/mixup_1": the names of its streams begin with it. */
  readonly name: string;
  readonly definition: AugmentationDefinition;
  readonly values: ReturnType<typeof checkValues>;
}

/**
 * The augmentations of a training, in order, without those that are switched off.
 *
 * @throws UsageError naming the unknown augmentation or the first value out of range
 */
export function nameAugmentations(
  specs: readonly AugmentationSpec[],
): readonly NamedAugmentation[] {
  return specs.flatMap((spec, i) => {
    const { definition, values } = resolveSpec("augmentation", augmentations, spec);
    if (isOff(definition.params, values)) return [];
    return [{ name: `augmentation/${spec.kind}_${i + 1}`, definition, values }];
  });
}

/** Throws if one of them asks for images and rows are none. */
export function checkAugmentedRows(specs: readonly AugmentationSpec[], rowShape: Shape): void {
  const isImage = rowShape.length === 2 || rowShape.length === 3;
  const wrong = nameAugmentations(specs).find(({ definition }) => definition.takesImages);
  if (isImage || wrong === undefined) return;
  throw new UsageError(
    `${wrong.definition.title}: rows must be images, [height, width] or [height, width, channels]; ` +
      `got [${rowShape.join(", ")}].`,
  );
}

export interface Augmentations {
  /** Whether there is none: batches stay as they are. */
  readonly isNone: boolean;
  /** Draws the numbers of an epoch, from 1, and puts them on the engine. */
  readonly begin: (engine: Engine, epoch: number) => void;
  /**
   * @param places - where in the order of the epoch the rows of the batch stand; [rows], int32
   */
  readonly apply: (batch: Batch, noise: Noise, places: Tensor) => Batch;
}

interface Plan {
  readonly seed: number;
  readonly rows: number;
  readonly batchSize: number;
  readonly rowShape: Shape;
}

/** A variable for each column, with a number for each row of an epoch. */
type Columns = readonly Variable[];

/** Numbers of an epoch, column by column, drawn batch after batch. */
function drawEpoch(
  { name, definition, values }: NamedAugmentation,
  { seed, rows, batchSize, rowShape }: Plan,
  epoch: number,
): readonly Float32Array[] {
  const columns = Array.from({ length: definition.columns }, () => new Float32Array(rows));
  const random = randomStream(seed, `${name}/${epoch}`);
  for (let start = 0; start < rows; start += batchSize) {
    const batch = { rows: Math.min(batchSize, rows - start), rowShape };
    const drawn = definition.draw?.(values, random, batch) ?? [];
    drawn.forEach((row, i) => row.forEach((value, column) => (columns[column][start + i] = value)));
  }
  return columns;
}

/** Prepares the augmentations of a training; what they draw is a function of seed, name and epoch. */
export function createAugmentations(specs: readonly AugmentationSpec[], plan: Plan): Augmentations {
  const named = nameAugmentations(specs);
  const tables = named.map(({ name, definition }): Columns =>
    Array.from({ length: definition.columns }, (_, column) =>
      variable({ name: `${name}/${column}`, shape: [plan.rows] }),
    ),
  );
  return {
    isNone: named.length === 0,
    begin: (engine, epoch) => {
      named.forEach((augmentation, i) => {
        const columns = drawEpoch(augmentation, plan, epoch);
        tables[i].forEach((table, column) => engine.write(table, columns[column]));
      });
    },
    apply: (batch, noise, places) =>
      named.reduce((augmented, { name, definition, values }, i) => {
        const drawn = tables[i].map((table) => ops.gatherRows(table, places));
        return definition.apply(augmented, { values, drawn, noise, name });
      }, batch),
  };
}
