/** @file The test rows that an arm was most surely wrong about: as pictures, or as a list. */
import type { ArmResult } from "../../study/index.js";
import { plural } from "../format.js";
import { EMPTY, html, trusted, type Markup } from "../markup.js";
import { greyPng } from "../png.js";
import {
  imageSize,
  poolMistakes,
  predictionsOf,
  type PooledMistake,
} from "../pooledPredictions.js";

const MOST_SHOWN = 12;

/** "99.4 %"; never 100, which no finite output means. */
function certainty(probability: number): string {
  const text = (100 * probability).toFixed(probability > 0.995 ? 2 : 0);
  return Number(text) === 100 ? "over 99.99 %" : `${text} %`;
}

const words = ({ row, label, predicted, probability }: PooledMistake): string =>
  `row ${row}: ${label} taken for ${predicted} with ${certainty(probability)}`;

function picture(mistake: PooledMistake, size: readonly [number, number]): Markup {
  const { pixels, label, predicted, probability, seeds } = mistake;
  if (pixels === undefined) return EMPTY;
  // Our own letters alone: the data address holds nothing of the study's texts.
  const image = trusted(`src="${greyPng(pixels, size)}"`);
  return html`<li>
    <img ${image} width="64" height="64" alt="${words(mistake)}" />
    <span>${label} → ${predicted}</span>
    <span class="sd">${certainty(probability)}<br />${plural(seeds, "seed")}</span>
  </li>`;
}

/** Rows that most seeds get wrong come first. */
export function mistakeGallery(arm: ArmResult): Markup {
  const mistakes = poolMistakes(arm).slice(0, MOST_SHOWN);
  if (mistakes.length === 0) return EMPTY;
  const seeds = predictionsOf(arm).length;
  const size = imageSize(arm);
  const pictured = size !== undefined && mistakes.every(({ pixels }) => pixels !== undefined);
  const key = html`<p class="key">
    Most certain mistakes, class → prediction, with the mean probability of the wrong class and the
    number of seeds, of ${seeds}, that have the row among their most certain mistakes.
  </p>`;
  if (pictured) {
    return html`${key}
      <ul class="gallery">
        ${mistakes.map((mistake) => picture(mistake, size))}
      </ul>`;
  }
  return html`${key}
    <ul class="plain">
      ${mistakes.map((mistake) => html`<li>${words(mistake)}, ${plural(mistake.seeds, "seed")}</li>`)}
    </ul>`;
}
