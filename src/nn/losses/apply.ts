/** @file A loss at work: what is minimized, and what is reported. */
import type { Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import { checkValues, findByKind } from "../component.js";
import type { Declarations } from "../parameters.js";
import type { Target } from "../targets.js";
import type { LossDefinition, LossSpec, Prediction } from "./define.js";
import { losses } from "./list.js";

type RowsOf = (prediction: Prediction, target: Target) => Tensor;

export interface Loss extends Pick<LossDefinition, "title" | "needs" | "targets"> {
  /** What training minimizes, of each row. */
  readonly minimized: RowsOf;
  /** What is reported, of each row: without what belongs to training alone, such as smoothing. */
  readonly reported: RowsOf;
}

/** What the last layer must do for a loss that needs probabilities. */
const PROBABILITY_NAMES = {
  softmax: "class probabilities",
  sigmoid: "a probability for each unit",
};

function checkPrediction(
  { title, needs }: Pick<LossDefinition, "title" | "needs">,
  { logits, probability }: Prediction,
): void {
  if (needs === undefined || (logits !== undefined && probability === needs)) return;
  throw new UsageError(
    `${title}: the last layer must give ${PROBABILITY_NAMES[needs]}; got ` +
      `${probability ? `activation "${probability}"` : "another activation"}. ` +
      `Give it activation "${needs}".`,
  );
}

/** The value at which a parameter does nothing. */
function offValue({ title, params }: LossDefinition, name: string): unknown {
  const declared: Declarations[string] = params[name];
  if ("off" in declared) return declared.off;
  throw new Error(`${title}: ${name} belongs to training alone and must declare what is off.`);
}

/** @throws UsageError naming the unknown loss or the first value out of range */
export function createLoss({ kind, ...given }: LossSpec): Loss {
  const definition = findByKind("loss", losses, kind);
  const { title, needs, targets, trainingOnly = [] } = definition;
  const off = Object.fromEntries(trainingOnly.map((name) => [name, offValue(definition, name)]));
  const rowsWith = (options: object): RowsOf => {
    const values = checkValues(definition, { ...options });
    return (prediction, target) => {
      checkPrediction(definition, prediction);
      return definition.rows(prediction, target, values);
    };
  };
  return {
    title,
    ...(needs && { needs }),
    targets,
    minimized: rowsWith(given),
    reported: rowsWith({ ...given, ...off }),
  };
}
