/** @file What the numbers mean, and how to get them again. */
import { FEWEST_PAIRS } from "../../stats/index.js";
import type { StoppingResult, StudyResult } from "../../study/index.js";
import { compactJson } from "../compactJson.js";
import { count, duration } from "../format.js";
import { EMPTY, html, type Markup } from "../markup.js";
import type { Section } from "../section.js";

const addedSeeds = ({ pilot }: StoppingResult): Markup =>
  html`<dt>Added seeds</dt>
    <dd>
      Stein’s two-stage rule: the spread of the first ${pilot} seeds decides how many are trained in
      all, and is the spread in every interval, Student’s t with ${pilot - 1} degrees of freedom.
      Which arm is ahead never decides. Intervals keep their level although the number of seeds was
      chosen by looking.
    </dd>`;

/** What the reader has to know to judge the numbers. */
export const methodSection = ({ stopping }: StudyResult): Section => ({
  id: "method",
  title: "How to read this",
  body: html`<dl class="method">
    <dt>Paired seeds</dt>
    <dd>
      For one seed all arms share the split, the initial weights and the order of the batches. Arms
      are compared seed by seed, so that what a seed does to both of them cancels.
    </dd>
    <dt>Interval</dt>
    <dd>
      Student’s t interval of the mean paired difference. It assumes that seeds are independent and
      their differences roughly normal. The split is the same for all seeds: the interval covers the
      randomness of training, not the luck of the split.
    </dd>
    <dt>Several arms</dt>
    <dd>
      On each metric, all arms that are compared with one baseline share one error rate of 5&nbsp;%,
      by Holm’s procedure: of m arms, the clearest difference is held against 5&nbsp;% / m, the next
      against 5&nbsp;% / (m − 1), and so on, until one fails. Each interval is at the level of its
      own decision, so that interval and verdict agree. Metrics are not corrected against each
      other, nor are several numbers of training rows.
    </dd>
    ${stopping === undefined ? EMPTY : addedSeeds(stopping)}
    <dt>Verdict</dt>
    <dd>
      “Better” and “worse” need an interval that excludes 0 and at least ${FEWEST_PAIRS} paired
      seeds. “No detectable difference” does not mean equal: the interval says what may have been
      missed.
    </dd>
    <dt>Clean and running</dt>
    <dd>
      Clean numbers are of all training rows with noise such as dropout off and the weights of the
      end of the epoch. Running numbers, which Keras prints, are averaged over the batches with
      noise on while the weights still move; they say nothing reliable about the gap.
    </dd>
    <dt>Loss</dt>
    <dd>The mean data loss, never with a penalty or label smoothing in it.</dd>
    <dt>Gap</dt>
    <dd>Validation loss minus clean train loss; clean train accuracy minus validation accuracy.</dd>
    <dt>Test set</dt>
    <dd>
      Evaluated once in each trial, with the weights of its last epoch, unless early stopping
      restored those of its best one by the validation rows. Whatever is chosen (epochs, strengths
      of a sweep) is chosen by the validation rows; the report shows both, so that you see what
      choosing cost.
    </dd>
  </dl>`,
});

/** Facts of more characters than this get a line of their own. */
const LONG = 40;

function facts({ data, environment, arms }: StudyResult): readonly (readonly [string, string])[] {
  const seeds = [...new Set(arms.flatMap(({ trials }) => trials.map(({ seed }) => seed)))];
  const { startedAt, seconds } = environment;
  const started = startedAt.replace("T", " ").replace(/(:\d\d)(:\d\d)?(\.\d+)?Z$/, "$1 UTC");
  return [
    ["Data", data.name],
    ["Training rows", count(data.trainRows)],
    ["Validation rows", count(data.validationRows)],
    ["Test rows", count(data.testRows)],
    ["Seeds", seeds.sort((a, b) => a - b).join(", ")],
    ["Holdout", environment.holdout],
    ["Engine", environment.engine],
    ["Platform", environment.platform],
    ["Operating system", environment.operatingSystem],
    ["Processor", environment.processor],
    ["Cores and workers", `${environment.cores} and ${environment.workers}`],
    ["Started", started],
    ["Took", duration(seconds)],
    ["Data, SHA-256", data.hash],
  ];
}

/** The command, the data's hash, the environment and the recipe. */
export const reproduceSection = (result: StudyResult): Section => ({
  id: "reproduce",
  title: "Reproduce",
  body: html`<pre class="command"><code>${result.environment.command}</code></pre>
    <dl class="facts">
      ${facts(result).map(
        ([name, value]) =>
          html`<div class="${value.length > LONG ? "wide" : ""}">
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <h3>Recipe</h3>
    <pre><code>${compactJson(result.recipe)}</code></pre>`,
});
