/** @file Time and cost of each arm. */
import type { StudyResult } from "../../study/index.js";
import { costChart } from "../charts/index.js";
import { armCosts, type ArmCost } from "../costs.js";
import { duration, NO_NUMBER, percent, plainNumber, plural } from "../format.js";
import { html } from "../markup.js";
import type { Section } from "../section.js";
import { dataTable, scrollBox } from "../tables.js";

/** Training steps of a small model take milliseconds. */
const stepTime = (seconds: number): string =>
  seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : duration(seconds);

function costRow(cost: ArmCost): readonly string[] {
  const { name, trial, relative, epoch, epochs, bestEpoch, untilBest, testError } = cost;
  const spread = Number.isNaN(trial.sd) ? "" : ` ± ${duration(trial.sd)}`;
  return [
    name,
    duration(trial.mean) + spread,
    Number.isFinite(relative) ? `${relative.toFixed(2)} ×` : NO_NUMBER,
    plainNumber(epochs),
    stepTime(epoch),
    plainNumber(bestEpoch),
    stepTime(untilBest),
    percent(testError),
  ];
}

const HEAD = [
  "Arm",
  "A trial",
  "Beside the first arm",
  "Epochs",
  "An epoch",
  "Best epoch",
  "Training until it",
  "Test error, %",
];

/** None for a study in which nothing finished. */
export function costSection({ arms, environment }: StudyResult): Section | undefined {
  const costs = armCosts(arms);
  if (!costs.some(({ trial }) => Number.isFinite(trial.mean))) return undefined;
  return {
    id: "cost",
    title: "Time and cost",
    body: html`<p class="key">
        Wall time, means over the seeds that finished, with ${plural(environment.workers, "worker")}
        at a time. A trial counts its evaluations, an epoch its training steps alone. Whatever else
        the machine did is in these times: they are no benchmark.
      </p>
      ${scrollBox(
        "Time and cost of the arms",
        dataTable({ caption: "Time of the arms", head: HEAD, rows: costs.map(costRow) }),
      )}
      <div class="charts">${costChart(costs)}</div>`,
  };
}
