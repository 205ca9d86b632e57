/** @file The page around the sections: head, headline, style; no script, nothing to load. */
import type { StudyResult } from "../study/index.js";
import { headline } from "./headline.js";
import { EMPTY, html, trusted, type Markup } from "./markup.js";
import { contents, sectionMarkup, type Section } from "./section.js";
import { styleSheet } from "./style.js";
import { setting, warnings } from "./words.js";

/** Even a mistake in escaping could neither run a script nor reach the network. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function warningBox(result: StudyResult): Markup {
  const sentences = warnings(result);
  if (sentences.length === 0) return EMPTY;
  return html`<div class="warning" role="note">
    ${sentences.map((text) => html`<p>${text}</p>`)}
  </div>`;
}

function masthead(result: StudyResult): Markup {
  const { title, rest } = headline(result);
  return html`<header>
    <p class="kicker">Holdout study, ${result.environment.startedAt.slice(0, 10)}</p>
    <h1>${title}</h1>
    ${rest.map((sentence) => html`<p class="lede">${sentence}</p>`)}
    <p class="setting">${setting(result)}</p>
    ${warningBox(result)}
  </header>`;
}

/** The whole document as text. */
export function page(result: StudyResult, sections: readonly Section[]): string {
  const { environment } = result;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="generator" content="Holdout ${environment.holdout}" />
        <title>${headline(result).title} Holdout study</title>
        <style>
          ${trusted(styleSheet)}
        </style>
      </head>
      <body>
        ${masthead(result)} ${contents(sections)}
        <main>${sections.map(sectionMarkup)}</main>
        <footer>
          <p>Made by Holdout ${environment.holdout} from the study’s stored results.</p>
        </footer>
      </body>
    </html> `.markup;
}
