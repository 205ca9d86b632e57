/** @file Metrics at work: those that were chosen, by the keys of their results. */
import { UsageError } from "../../util/index.js";
import { checkValues, findByKind } from "../component.js";
import type { MetricDefinition, RowMetricDefinition, SetMetricDefinition } from "./define.js";
import { metrics, type MetricChoice } from "./list.js";

interface Named<Definition> {
  /** The key of its result. */
  readonly name: string;
  readonly definition: Definition;
  readonly values: ReturnType<typeof checkValues>;
}

export type NamedRowMetric = Named<RowMetricDefinition>;
export type NamedSetMetric = Named<SetMetricDefinition>;

/** The chosen metrics, in order. */
export interface ChosenMetrics {
  readonly names: readonly string[];
  readonly ofRows: readonly NamedRowMetric[];
  readonly ofSets: readonly NamedSetMetric[];
}

function createMetric(choice: MetricChoice): Named<MetricDefinition> {
  const { kind, name = kind, ...given } = typeof choice === "string" ? { kind: choice } : choice;
  const definition = findByKind("metric", metrics, kind);
  if (typeof name !== "string") {
    throw new UsageError(`${definition.title}: name must be text; got ${JSON.stringify(name)}.`);
  }
  return { name, definition, values: checkValues(definition, given) };
}

const isOfRows = (metric: Named<MetricDefinition>): metric is NamedRowMetric =>
  "rows" in metric.definition;
const isOfSets = (metric: Named<MetricDefinition>): metric is NamedSetMetric =>
  "ofSet" in metric.definition;

/** @throws UsageError naming the unknown metric, the value out of range, or the name given twice */
export function chooseMetrics(choices: readonly MetricChoice[]): ChosenMetrics {
  const chosen = choices.map(createMetric);
  const names = chosen.map(({ name }) => name);
  const taken = ["loss", ...names];
  const twice = taken.find((name, i) => taken.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(
      `metrics: each must have a name of its own; got "${twice}" twice. ` +
        'Give one another: { ...topKAccuracy({ k: 3 }), name: "top3" }.',
    );
  }
  return { names, ofRows: chosen.filter(isOfRows), ofSets: chosen.filter(isOfSets) };
}
