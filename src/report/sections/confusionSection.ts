/** @file Which classes are taken for which, and the test rows that were most surely misread. */
import { mostConfused } from "../../analysis/index.js";
import type { ArmResult, StudyResult } from "../../study/index.js";
import { count, percent, plural } from "../format.js";
import { EMPTY, html, type Markup } from "../markup.js";
import { poolConfusion, type PooledConfusion } from "../pooledPredictions.js";
import { bySize, disclosure, rowsOf, type Section } from "../section.js";
import { scrollBox } from "../tables.js";
import { mistakeGallery } from "./mistakeGallery.js";

/** Larger matrices do not fit a page; their most frequent confusions are listed. */
const MOST_CLASSES = 20;
const MOST_LISTED = 5;
/** In percent: text on the strongest shade keeps its contrast. */
export const STRONGEST_SHADE = 45;

function cellOf({ classes, counts }: PooledConfusion, label: number, most: number) {
  return (predicted: number): Markup => {
    const rows = counts[label * classes + predicted];
    if (label === predicted) return html`<td class="right">${count(rows)}</td>`;
    if (rows === 0) return html`<td class="none">0</td>`;
    const shade = Math.ceil((STRONGEST_SHADE * rows) / most);
    return html`<td style="background: color-mix(in srgb, var(--mistake) ${shade}%, transparent)">
      ${count(rows)}
    </td>`;
  };
}

function matrix(name: string, confusion: PooledConfusion): Markup {
  const { classes, counts, seeds } = confusion;
  const all = Array.from({ length: classes }, (_, index) => index);
  const most = Math.max(1, ...counts.filter((_, cell) => cell % (classes + 1) !== 0));
  return html`<table class="confusion">
    <caption>
      ${name}: test rows of each class (down) by predicted class (across), ${plural(seeds, "seed")}
      together
    </caption>
    <thead>
      <tr>
        <th scope="col">class</th>
        ${all.map((predicted) => html`<th scope="col">${predicted}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.map(
        (label) =>
          html`<tr>
            <th scope="row">${label}</th>
            ${all.map(cellOf(confusion, label, most))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function frequentList(confusion: PooledConfusion): Markup {
  const pairs = mostConfused(confusion, { most: MOST_LISTED });
  if (pairs.length === 0) return html`<p>No row was misread.</p>`;
  return html`<p>Most often:</p>
    <ol class="plain">
      ${pairs.map(
        ({ label, predicted, rows, share }) =>
          html`<li>
            ${label} taken for ${predicted}: ${plural(rows, "time")}, ${percent(share)}&nbsp;% of
            class ${label}
          </li>`,
      )}
    </ol>`;
}

function wrongWords({ classes, counts }: PooledConfusion): string {
  const rows = counts.reduce((sum, cell) => sum + cell, 0);
  const right = counts.reduce((sum, cell, i) => (i % (classes + 1) === 0 ? sum + cell : sum), 0);
  return `${count(rows - right)} of ${plural(rows, "prediction")} wrong`;
}

function armConfusion(arm: ArmResult, open: boolean): Markup {
  const confusion = poolConfusion(arm);
  if (confusion === undefined) return EMPTY;
  const table =
    confusion.classes > MOST_CLASSES
      ? EMPTY
      : scrollBox(`Confusion matrix of ${arm.name}`, matrix(arm.name, confusion));
  const body = html`<div class="beside">
      ${table}
      <div>${frequentList(confusion)}</div>
    </div>
    ${mistakeGallery(arm)}`;
  const words = `${arm.name}: ${wrongWords(confusion)}`;
  return disclosure({ summary: words, open }, body);
}

/** Up to this many arms are shown in the open. */
const MOST_OPEN = 2;

/** None for a study that predicts no classes. */
export function confusionSection({ arms, sizes }: StudyResult): Section | undefined {
  const known = arms.filter((arm) => poolConfusion(arm) !== undefined);
  if (known.length === 0) return undefined;
  return {
    id: "confusion",
    title: "Confusions",
    body: html`<p class="key">
        On the test rows, all seeds of an arm together. The stronger the colour of a cell, the more
        frequent that mistake, beside the most frequent one of the arm.
      </p>
      ${bySize(
        known,
        (some) =>
          html`<div class="arms-apart">
            ${some.map((arm) => armConfusion(arm, some.length <= MOST_OPEN))}
          </div>`,
        { sizes, rowsOf },
      )}`,
  };
}
