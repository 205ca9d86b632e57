/** @file How far predicted probabilities can be taken at their word. */
import type { ArmResult, PredictionDiagnostics, StudyResult } from "../../study/index.js";
import { reliabilityDiagram } from "../charts/index.js";
import { lossText, NO_NUMBER, percent } from "../format.js";
import { html } from "../markup.js";
import { predictionsOf } from "../pooledPredictions.js";
import { bySize, rowsOf, type Section } from "../section.js";
import { spread } from "../summary.js";
import { dataTable, scrollBox } from "../tables.js";

function scoreRow(arm: ArmResult): readonly string[] {
  const all = predictionsOf(arm);
  const cell = (
    read: (one: PredictionDiagnostics) => number | null,
    print: (value: number) => string,
  ): string => {
    const { mean, sd } = spread(all.map((one) => read(one) ?? Infinity));
    if (Number.isNaN(mean)) return NO_NUMBER;
    return Number.isNaN(sd) ? print(mean) : `${print(mean)} ± ${print(sd)}`;
  };
  return [
    arm.name,
    cell(({ expectedCalibrationError }) => expectedCalibrationError, percent),
    cell(({ brierScore }) => brierScore, lossText),
    cell(({ negativeLogLikelihood }) => negativeLogLikelihood, lossText),
  ];
}

/** None for a study that predicts no probabilities. */
export function calibrationSection({ arms, sizes }: StudyResult): Section | undefined {
  const known = arms.filter((arm) => predictionsOf(arm).length > 0);
  if (known.length === 0) return undefined;
  const infinite = known.some((arm) =>
    predictionsOf(arm).some((one) => one.negativeLogLikelihood === null),
  );
  return {
    id: "calibration",
    title: "Calibration",
    body: html`<p class="key">
        On the test rows, mean ± standard deviation over seeds; lower is better in every column. The
        expected calibration error (ECE, 15 bins of equal width) is biased upward and depends on its
        bins, so read it beside the Brier score and the negative log-likelihood (NLL), which need
        none.${infinite ? " A NLL of – is infinite: some label was given the probability 0." : ""}
      </p>
      ${scrollBox(
        "Calibration of the arms",
        dataTable({
          caption: "Calibration",
          head: ["Arm", "ECE, %", "Brier score", "NLL"],
          rows: known.map(scoreRow),
        }),
      )}
      <h3>Reliability</h3>
      <p class="key">
        Accuracy in % against confidence, the predicted class’s probability, with the predictions of
        all seeds together. The area of a dot is its share of the predictions. Below the dotted
        diagonal an arm is surer than it is right.
      </p>
      ${bySize(
        known,
        (some) =>
          html`<div class="charts">
            ${some.map((arm) => reliabilityDiagram(arm, arms.indexOf(arm)))}
          </div>`,
        { sizes, rowsOf },
      )}`,
  };
}
