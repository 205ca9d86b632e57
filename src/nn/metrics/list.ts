/** @file The definitions of the metrics that a spec or a name can mean, and the types of their results. */
import * as all from "./all.js";
import type { MetricDefinition, MetricSpec, SetMetricDefinition } from "./define.js";

type All = typeof all;

export type MetricName = keyof All;
/** Metrics of whole sets, which training does not compute while it runs. */
export type SetMetricName = {
  [K in MetricName]: All[K]["definition"] extends SetMetricDefinition ? K : never;
}[MetricName];

/** A metric by its name, with its defaults, or as a spec. */
export type MetricChoice = MetricName | MetricSpec;

/** The key of a metric's result: the name that a spec was given, else its kind. */
export type MetricKey<M extends MetricChoice> = M extends string
  ? M
  : M extends { readonly name: infer Name extends string }
    ? Name
    : M extends { readonly kind: infer Kind extends string }
      ? Kind
      : never;

/** Those that are means over rows. */
export type RowMetricChoice<M extends MetricChoice> = M extends
  SetMetricName | MetricSpec<SetMetricName>
  ? never
  : M;

export const metrics: readonly MetricDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
