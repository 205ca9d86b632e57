/** @file Draws a plot as static SVG, in a figure with words and a table of its numbers. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { html, trusted, type Markup } from "../markup.js";
import { scrollBox } from "../tables.js";
import { spreadLabels, type EndLabel } from "./labels.js";

/** One width for all charts: two stand side by side on a desk, one fills a phone. */
const WIDTH = 400;
const FONT_SIZE = 13;

/** The SVG of a plot. Colours are CSS variables, which the page defines. */
export function draw(options: Plot.PlotOptions): Markup {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = Plot.plot({
    width: WIDTH,
    marginBottom: 42,
    style: { fontSize: `${FONT_SIZE}px`, fontFamily: "inherit" },
    ...options,
    document,
    className: "chart",
  });
  // The page's style sheet says the same once for all charts.
  svg.querySelector("style")?.remove();
  svg.setAttribute("aria-hidden", "true");
  return trusted(svg.outerHTML);
}

export interface Figure {
  readonly title: string;
  /** What the chart shows, in words, for who cannot see it. */
  readonly description: string;
  readonly chart: Markup;
  /** A table of the chart's numbers. */
  readonly numbers: Markup;
}

/** A chart with its title above and its numbers behind a disclosure. */
export const figure = ({ title, description, chart, numbers }: Figure): Markup =>
  html`<figure>
    <figcaption>${title}</figcaption>
    <div role="img" aria-label="${description}">${chart}</div>
    <details>
      <summary>Numbers</summary>
      ${scrollBox(`${title}: numbers`, numbers)}
    </details>
  </figure>`;

/** Whole-numbered ticks for epochs: the first, then multiples of a round step. */
export function epochTicks(epochs: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => epochs / size <= 5) ?? 1000;
  const multiples = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  return [...new Set([1, ...multiples])];
}

/** The epoch axis; a single epoch gets room on both sides. */
export const epochScale = (epochs: number): Plot.ScaleOptions => ({
  domain: epochs > 1 ? [1, epochs] : [0.5, 1.5],
  ticks: [...epochTicks(epochs)],
  tickFormat: "d",
  label: "epoch",
  labelArrow: "none",
  labelAnchor: "center",
});

export interface LabelPlace {
  /** The value of the horizontal axis beside which labels stand. */
  readonly x: number;
  readonly domain: readonly [number, number];
  /** Height of the plot's inner area, in pixels. */
  readonly height: number;
}

/** The labels, moved apart as far as their height needs. */
export function placeLabels<T extends EndLabel>(
  labels: readonly T[],
  { domain: [low, high], height }: LabelPlace,
): readonly T[] {
  return spreadLabels(labels, { gap: ((high - low) * (FONT_SIZE + 2)) / height, top: high });
}

/** Text that begins a little to the right of `x`. */
export const labelMark = (labels: readonly EndLabel[], x: number): Plot.Markish =>
  Plot.text(labels, {
    x: () => x,
    y: "y",
    text: "text",
    fill: "color",
    textAnchor: "start",
    dx: 7,
  });

/** Text at the right end of lines. */
export const endLabels = (labels: readonly EndLabel[], place: LabelPlace): Plot.Markish =>
  labelMark(placeLabels(labels, place), place.x);
