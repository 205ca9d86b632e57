/** @file Markup that escapes what is put into it: text from a study can never become an element. */

/** A piece of HTML that is safe to insert as it is. */
export interface Markup {
  readonly markup: string;
}

/** What a template may hold: text is escaped, markup is inserted, lists are joined. */
export type Part = string | number | Markup | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text with every character that HTML gives a meaning replaced by its entity. */
const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

function write(part: Part): string {
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(write).join("");
}

/** Declares a string to be HTML. For our own constants and for serialized elements only. */
export const trusted = (markup: string): Markup => ({ markup });

/**
 * Template tag for HTML; attribute values must stand in quotes.
 *
 * @example
 * html`<p title="${name}">${name}</p>`
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  trusted(strings.map((text, i) => text + (i < parts.length ? write(parts[i]) : "")).join(""));

/** Nothing. */
export const EMPTY: Markup = trusted("");
