/** @file A part of the page: its heading, which the contents name too, and what it holds, size by size if need be. */
import type { SizeChoice } from "../study/index.js";
import { plural } from "./format.js";
import { EMPTY, html, trusted, type Markup } from "./markup.js";

export interface Section {
  /** Of its heading. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export const sectionMarkup = ({ id, title, body }: Section): Markup =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`;

/** Links to the sections; on paper, where a link leads nowhere, there is none. */
export const contents = (sections: readonly Section[]): Markup =>
  html`<nav aria-label="Contents">
    <ul>
      ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;

/** Of arms and of sweeps. */
export const rowsOf = ({ trainRows }: { readonly trainRows: number }): number => trainRows;

export interface Disclosure {
  readonly summary: string;
  /** Default: closed. */
  readonly open?: boolean;
  readonly className?: string;
}

/** What is shown on a click. */
export const disclosure = (
  { summary, open = false, className = "" }: Disclosure,
  body: Markup,
): Markup =>
  html`<details class="${className}" ${open ? trusted("open") : EMPTY}>
    <summary>${summary}</summary>
    ${body}
  </details>`;

/**
 * Shows things apart by their numbers of training rows, the largest number unfolded: forty charts in a row are
 * no overview. All together in a study of one size.
 *
 * @param show - makes markup of the things of one size
 */
export function bySize<T>(
  things: readonly T[],
  show: (things: readonly T[]) => Markup,
  {
    sizes,
    rowsOf,
  }: { readonly sizes: SizeChoice | undefined; readonly rowsOf: (one: T) => number },
): Markup {
  if (sizes === undefined) return show(things);
  const groups = sizes.rows.map((rows) => {
    const some = things.filter((one) => rowsOf(one) === rows);
    const open = rows === Math.max(...sizes.rows);
    return some.length === 0
      ? EMPTY
      : disclosure({ summary: plural(rows, "training row"), open, className: "size" }, show(some));
  });
  return html`${groups}`;
}
