/** @file What training left of the weights: zeros, norms, dead units, histograms. */
import type { ArmResult, StudyResult } from "../../study/index.js";
import { shareHistograms, weightHistogram } from "../charts/index.js";
import { count, NO_NUMBER, percent, plainNumber } from "../format.js";
import { html } from "../markup.js";
import { commonReach, summarizeWeights, weightsOf } from "../pooledWeights.js";
import { bySize, rowsOf, type Section } from "../section.js";
import type { Spread } from "../summary.js";
import { dataTable, scrollBox } from "../tables.js";

const withSpread = ({ mean, sd }: Spread, print: (value: number) => string): string =>
  Number.isNaN(sd) || sd === 0 ? print(mean) : `${print(mean)} ± ${print(sd)}`;

function weightRow(arm: ArmResult): readonly string[] {
  const summary = summarizeWeights(arm);
  if (summary === undefined) return [arm.name, ...Array.from({ length: 6 }, () => NO_NUMBER)];
  const { weights, exactZeros, liveZeroShare, nearZeroShare, norm, deadUnits, hiddenUnits } =
    summary;
  const whole = (value: number): string => count(Math.round(value));
  return [
    arm.name,
    count(weights),
    withSpread(exactZeros, whole),
    withSpread(liveZeroShare, percent),
    withSpread(nearZeroShare, percent),
    withSpread(norm, plainNumber),
    `${plainNumber(deadUnits.mean)} of ${count(hiddenUnits)}`,
  ];
}

/** None for a study whose trials did not look at their weights. */
export function weightsSection({ arms, sizes }: StudyResult): Section | undefined {
  const known = arms.filter((arm) => weightsOf(arm).length > 0);
  if (known.length === 0) return undefined;
  const panels = shareHistograms(arms, commonReach(arms));
  return {
    id: "weights",
    title: "Weights",
    body: html`<p class="key">
        All trainable weights at the end, biases and the scales of a normalization among them, mean
        ± standard deviation over seeds. Live weights are those that an input other than 0 ever
        reached. The others, such as those of a pixel that is always black, never had a gradient:
        their zeros are no success of a penalty. Near zero: smaller than 1e-4 in size, but not 0. A
        dead unit is a hidden one whose output was 0 on every training row.
      </p>
      ${scrollBox(
        "Zeros, norms and dead units of the arms",
        dataTable({
          caption: "Sparsity",
          head: [
            "Arm",
            "Weights",
            "Exactly 0",
            "Exactly 0 of live ones, %",
            "Near zero, %",
            "Norm",
            "Dead units",
          ],
          rows: arms.map(weightRow),
        }),
      )}
      <h3>Distribution</h3>
      <p class="key">
        Weights in each bin, mean over seeds, with logarithmic counts. Exact zeros stand as a needle
        of their own.${known.length > 1 ? " The grey outline is the first arm." : ""}
      </p>
      ${bySize(
        known,
        (some) =>
          html`<div class="charts">${some.map((arm) => weightHistogram(arm, panels))}</div>`,
        { sizes, rowsOf },
      )}`,
  };
}
