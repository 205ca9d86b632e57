/** @file What a metric is: a number for each row, averaged over rows; or a number of the whole set. */
import type { Tensor } from "../../graph/index.js";
import type { Probability } from "../activations.js";
import {
  createFactory,
  type Component,
  type Factory,
  type Options,
  type Spec,
} from "../component.js";
import type { Prediction } from "../losses/define.js";
import type { Declarations, DeclaredValues } from "../parameters.js";
import type { Target, Truth } from "../targets.js";

/** A metric as plain data; a `name` of its own takes the place of its kind among the results. */
export interface MetricSpec<Kind extends string = string> extends Spec {
  readonly kind: Kind;
}

interface MetricComponent<D extends Declarations> extends Component<D> {
  /** Which way is an improvement. */
  readonly better: "higher" | "lower";
}

/** A metric that is a mean over rows. It is computed with the loss, and during training too. */
export interface RowMetricDefinition<
  D extends Declarations = Declarations,
> extends MetricComponent<D> {
  /** The score of each row, shape [rows], float32. */
  rows(prediction: Prediction, target: Target, values: DeclaredValues<D>): Tensor;
  /** What is made of their mean; by default, nothing. */
  finish?(mean: number): number;
}

/** What was predicted for a whole set of rows, and what was true. */
export interface PredictedSet {
  readonly rows: number;
  /** Numbers that the network gives for a row. */
  readonly width: number;
  /** Row-major. */
  readonly outputs: Float32Array;
  /** Of what kind the outputs are, if they are probabilities. */
  readonly probability?: Probability;
  readonly truth: Truth;
}

/** A metric that no mean over rows gives. It is computed in float64 once all rows are predicted. */
export interface SetMetricDefinition<
  D extends Declarations = Declarations,
> extends MetricComponent<D> {
  /** Throws a UsageError for a kind of prediction or target that it cannot judge. */
  require(set: Omit<PredictedSet, "outputs" | "rows">, values: DeclaredValues<D>): void;
  ofSet(set: PredictedSet, values: DeclaredValues<D>): number;
}

export type MetricDefinition = RowMetricDefinition | SetMetricDefinition;

/** A factory whose specs know their kind, so that results have it as a key. */
export type MetricFactory<
  Kind extends string,
  Definition extends Component<D>,
  D extends Declarations,
> = ((options?: Options<D, never>) => MetricSpec<Kind>) &
  Pick<Factory<Definition, D, never>, "definition">;

/** Declares a metric that is a mean over rows, and gives the function that makes its spec. */
export function defineRowMetric<D extends Declarations, const Kind extends string>(
  definition: RowMetricDefinition<D> & { readonly kind: Kind },
): MetricFactory<Kind, RowMetricDefinition<D>, D> {
  return createFactory<D, never, RowMetricDefinition<D>>(definition) as MetricFactory<
    Kind,
    RowMetricDefinition<D>,
    D
  >;
}

/** Declares a metric of a whole set, and gives the function that makes its spec. */
export function defineSetMetric<D extends Declarations, const Kind extends string>(
  definition: SetMetricDefinition<D> & { readonly kind: Kind },
): MetricFactory<Kind, SetMetricDefinition<D>, D> {
  return createFactory<D, never, SetMetricDefinition<D>>(definition) as MetricFactory<
    Kind,
    SetMetricDefinition<D>,
    D
  >;
}
