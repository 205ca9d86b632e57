/** @file Plain tables of the page: a head, and rows that begin with what they are about. */
import { typographic } from "./differences.js";
import { html, type Markup } from "./markup.js";

export interface TableData {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly string[])[];
}

const tableRow = ([first, ...cells]: readonly string[]): Markup =>
  html`<tr>
    <th scope="row">${first}</th>
    ${cells.map((cell) => html`<td>${typographic(cell)}</td>`)}
  </tr>`;

/** The table as markup; numbers get a minus sign. */
export const dataTable = ({ caption, head, rows }: TableData): Markup =>
  html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head.map((text) => html`<th scope="col">${text}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(tableRow)}
    </tbody>
  </table>`;

/** A box that scrolls sideways by itself where its table is wider than the page. */
export const scrollBox = (label: string, content: Markup): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
