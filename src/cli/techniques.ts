/** @file `holdout techniques` and `holdout explain`: what the definitions say, as text and as JSON. */
import { findTechnique, techniques, type Technique } from "../techniques/index.js";
import { describeRange, type Parameter } from "../util/index.js";
import { columns } from "./columns.js";

/** "default 0.5, off 0, worth searching 0.1 to 0.8" */
function remarks(parameter: Parameter): string {
  const parts = [`default ${parameter.default}`];
  if (parameter.kind !== "choice") {
    if (parameter.off !== undefined) parts.push(`off ${parameter.off}`);
    const { search } = parameter;
    if (search !== undefined) parts.push(`worth searching ${search[0]} to ${search[1]}`);
  }
  return parts.join(", ");
}

/** A line for each technique: its id, title, and first parameter with its range. */
function listText(): string {
  const rows = techniques.map(({ id, title, params }) => {
    const [first] = Object.entries(params);
    return [id, title, ...(first ? [first[0], describeRange(first[1])] : ["", ""])];
  });
  return `${columns([["ID", "TITLE", "PARAMETER", "RANGE"], ...rows])}\n`;
}

/** One technique, and how it is written on the command line. */
function explainText(technique: Technique): string {
  const { id, title, params, what, formula, cost, helps, fails, reference } = technique;
  const entries = Object.entries(params);
  const [first] = entries;
  const written = first ? `${id}=${first[1].default}` : id;
  const named = entries.map(([name, { default: value }]) => `${name}=${value}`).join(",");
  const forms = entries.length > 1 ? [written, `${id}(${named})`] : [written];
  const sections: readonly (readonly [string, string])[] = [
    ["What", what],
    ["Formula", formula],
    ["Cost", cost],
    ["Helps", helps],
    ["Fails", fails],
    ["Source", reference],
    ["Written", forms.join(" or ")],
  ];
  const parameters = entries.map(([name, each]) => [
    `  ${name}`,
    describeRange(each),
    remarks(each),
  ]);
  return [
    `${title} (${id})`,
    "",
    ...sections.map(([name, text]) => `${name.padEnd(9)}${text}`),
    ...(parameters.length > 0 ? ["", "Parameters", columns(parameters)] : []),
    "",
  ].join("\n");
}

/** The definition as data; what it does to a recipe is code, and stays out. */
function described({ apply: _, ...rest }: Technique): unknown {
  return rest;
}

// JSON has no infinity: an end that is missing is none.
const json = (value: unknown): string =>
  `${JSON.stringify(value, (_, each: unknown) => (Math.abs(each as number) === Infinity ? undefined : each), 2)}\n`;

export const techniquesOutput = (flags: { readonly json?: true }): string =>
  flags.json ? json(techniques.map(described)) : listText();

/** @throws UsageError for an unknown technique, with the nearest name */
export function explainOutput(id: string, flags: { readonly json?: true }): string {
  const technique = findTechnique(id);
  return flags.json ? json(described(technique)) : explainText(technique);
}
