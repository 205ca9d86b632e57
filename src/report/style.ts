/** @file The page's style sheet: light, dark, phone and print from one set of variables. */
import { ARM_COLORS } from "./charts/index.js";

const armVariables = (shade: "light" | "dark"): string =>
  ARM_COLORS.map((color, index) => `--arm-${index}: ${color[shade]};`).join(" ");

const light = `
  --paper: #ffffff; --panel: #f5f6f8; --ink: #1b1d22; --ink-soft: #5d6470; --rule: #dcdfe4;
  --mistake: #d95f02; --good: #006b4f; --good-paper: #e2f3ec; --bad: #a63d00; --bad-paper: #fdebe0;
  --warn-paper: #fff6dc; --warn-rule: #d9a514;
  ${armVariables("light")}`;

const dark = `
  --paper: #15171b; --panel: #1e2126; --ink: #e7e9ec; --ink-soft: #a2a9b4; --rule: #343941;
  --mistake: #e8762c; --good: #5fd6ae; --good-paper: #14352b; --bad: #ffab78; --bad-paper: #43230f;
  --warn-paper: #352b0d; --warn-rule: #b98f1c;
  ${armVariables("dark")}`;

/** Colours are variables, so that dark mode changes nothing else; print is always light. */
export const styleSheet = `
:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }
@media print { :root { color-scheme: light; } }

* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: clamp(1.25rem, 5vw, 4rem) clamp(1rem, 4vw, 2.5rem);
  max-width: 66rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 650; letter-spacing: -0.011em; }
h1 { margin: 0; max-width: 24ch; font-size: clamp(1.75rem, 1.1rem + 2.9vw, 3rem); letter-spacing: -0.022em; }
h2 { margin: 0 0 0.6rem; font-size: 1.4rem; }
h3 { margin: 1.8rem 0 0.6rem; font-size: 1.05rem; }
p { margin: 0 0 0.8rem; max-width: 46rem; text-wrap: pretty; }
section { margin-top: 3.25rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }

.kicker { margin-bottom: 0.7rem; color: var(--ink-soft); font-size: 0.875rem; letter-spacing: 0.02em; }
.lede { margin: 0.9rem 0 0; font-size: 1.15rem; }
.setting { margin: 1.2rem 0 0; color: var(--ink-soft); }
.key, .note { color: var(--ink-soft); font-size: 0.9375rem; }
nav { margin-top: 1.5rem; font-size: 0.9375rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; margin: 0; padding: 0; list-style: none; }
nav a { color: var(--ink-soft); }
nav a:hover { color: var(--ink); }
.warning {
  margin-top: 1.5rem; padding: 0.8rem 1rem; max-width: 46rem;
  background: var(--warn-paper); border-left: 4px solid var(--warn-rule); border-radius: 3px;
}
.warning p { margin: 0; }
.warning p + p { margin-top: 0.5rem; }

.verdicts {
  display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem;
  margin: 0 0 1.2rem; padding: 0; list-style: none;
}
.verdicts li {
  grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; align-items: baseline;
  padding: 0.45rem 0; border-top: 1px solid var(--rule);
}
.verdicts li:first-child { border-top: 0; }
.badge {
  justify-self: start; padding: 0.1rem 0.55rem; border: 1px solid transparent; border-radius: 1rem;
  font-size: 0.8125rem; font-weight: 600; white-space: nowrap;
}
.badge.better { color: var(--good); background: var(--good-paper); }
.badge.worse { color: var(--bad); background: var(--bad-paper); }
.badge.same { color: var(--ink-soft); border-color: var(--rule); }
.scroll { margin-bottom: 1.2rem; }
figure .scroll, details .scroll { margin-bottom: 0; }
.matrix .line { display: block; margin-top: 0.25rem; }
.badge.few { color: var(--ink-soft); border-color: var(--ink-soft); border-style: dashed; }

.charts {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
  gap: 1.75rem 2.5rem;
}
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { margin-bottom: 0.35rem; font-size: 0.9375rem; font-weight: 600; }
figure details { margin-top: 0.35rem; }
section > details { margin-bottom: 1.2rem; }
.chart { display: block; width: 100%; height: auto; overflow: visible; font-variant-numeric: tabular-nums; }
.chart text { white-space: pre; }
.chart [aria-label$="axis tick label"], .chart [aria-label$="axis label"] { fill: var(--ink-soft); }
.chart [aria-label$="axis tick"] { stroke: var(--rule); }
.chart [aria-label$="grid"] { stroke: var(--rule); stroke-opacity: 1; }

summary { width: fit-content; color: var(--ink-soft); font-size: 0.875rem; cursor: pointer; }
summary:hover { color: var(--ink); }
.size { padding: 0.6rem 0; border-top: 1px solid var(--rule); }
section > .size { margin-bottom: 0; }
.size > summary { color: var(--ink); font-size: 1.05rem; font-weight: 600; }
.size[open] > summary { margin-bottom: 0.9rem; }
.size > .scroll { margin-bottom: 1.2rem; }
.size > .charts { margin-top: 1.2rem; }
.size h3:first-of-type { margin-top: 0; }
:focus-visible { outline: 2px solid var(--arm-1); outline-offset: 3px; border-radius: 2px; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { padding: 0.5rem 0; color: var(--ink-soft); text-align: left; }
th, td { padding: 0.35rem 0.55rem; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: top; white-space: nowrap; }
thead th { color: var(--ink-soft); font-weight: 500; vertical-align: bottom; }
.scroll thead th { white-space: normal; }
th:first-child { padding-left: 0; text-align: left; }
tbody th { font-weight: 600; }
th[scope="colgroup"] { text-align: center; }
.arms { width: 100%; }
.arms tbody th { min-width: 7.5rem; max-width: 11rem; white-space: normal; overflow-wrap: anywhere; }
.plain { margin: 0 0 1.2rem; padding-left: 1.2rem; max-width: 46rem; }
.arms thead tr + tr th:first-child { padding-left: 0.55rem; text-align: right; }
.arms td { padding-bottom: 0.5rem; }
.aside { color: var(--ink-soft); }
.arms-apart > details { margin-bottom: 1.2rem; }
.confusion td, .confusion th { padding: 0.25rem 0.5rem; }
.confusion td { border-bottom-color: var(--paper); }
.confusion .right { background: var(--panel); font-weight: 600; }
.confusion .none { color: var(--ink-soft); }
.beside { display: flex; flex-wrap: wrap; gap: 0.5rem 3rem; align-items: start; margin-bottom: 0.8rem; }
.beside > * { min-width: 0; max-width: 100%; }
.beside p { margin-bottom: 0.3rem; }
.beside ol { margin: 0; }
.gallery { display: flex; flex-wrap: wrap; gap: 0.9rem 1rem; margin: 0 0 1.2rem; padding: 0; list-style: none; }
.gallery li { width: 4.05rem; font-size: 0.875rem; break-inside: avoid; }
.gallery img { display: block; margin-bottom: 0.2rem; border: 1px solid var(--rule); image-rendering: pixelated; }
.sd { display: block; color: var(--ink-soft); font-size: 0.8125rem; }

dl { margin: 0; }
dt { color: var(--ink-soft); }
dd { margin: 0; }
.method { display: grid; grid-template-columns: 10rem minmax(0, 46rem); gap: 0.7rem 1.5rem; }
.method dt { color: var(--ink); font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); gap: 0.9rem 1.5rem; }
.facts dt { font-size: 0.8125rem; }
.facts dd { overflow-wrap: anywhere; }
.facts .wide { grid-column: 1 / -1; }
pre {
  margin: 0 0 1.5rem; padding: 0.9rem 1rem; background: var(--panel); border-radius: 6px;
  font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
footer { margin-top: 3.5rem; color: var(--ink-soft); font-size: 0.875rem; }

@media (max-width: 40rem) {
  .verdicts, .method { grid-template-columns: 1fr; }
  .verdicts li { row-gap: 0.25rem; }
  .method { gap: 0.15rem; }
  .method dd { margin-bottom: 0.8rem; }
  section { margin-top: 2.25rem; }
  .scroll th:first-child { position: sticky; left: 0; background: var(--paper); }
  .scroll thead tr + tr th:first-child { position: static; }
  .scroll tbody th { min-width: 7.5rem; max-width: 8.5rem; white-space: normal; overflow-wrap: anywhere; }
  .scroll .confusion th, figure .scroll tbody th { min-width: 0; }
  caption { max-width: calc(100vw - 2rem); }
}
@media print {
  @page { margin: 15mm; }
  html { font-size: 10pt; }
  body { padding: 0; max-width: none; }
  h1 { font-size: 22pt; }
  h2, h3 { break-after: avoid; }
  section { margin-top: 8mm; padding-top: 4mm; }
  .charts { grid-template-columns: 1fr 1fr; gap: 5mm 8mm; }
  .scroll { overflow: visible; }
  nav { display: none; }
  figure details:not([open]) { display: none; }
  .size > summary { list-style: none; }
  .size > summary::-webkit-details-marker { display: none; }
  .size:not([open]) figure, .size:not([open]) details { display: none; }
  .size:not([open]):not(:has(> .scroll)) { display: none; }
  details:not(figure details)::details-content { content-visibility: visible; block-size: auto; }
  table { font-size: 7.5pt; }
  th, td { padding: 0.8mm 1.2mm; white-space: normal; }
  .arms tbody th { min-width: 16mm; overflow-wrap: anywhere; }
  .badge { padding: 0 0.3rem; font-size: 6.5pt; }
  .matrix .badge { white-space: normal; }
  .sd { font-size: 7pt; }
  li, tr, dd, .facts div { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
