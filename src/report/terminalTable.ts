/** @file Plain tables for a terminal: columns, a rule under the head, no frame. */
import Table from "cli-table3";
import type { createColors } from "picocolors";

/** What a terminal can show, and how wide it is. */
export interface Screen {
  readonly colors: ReturnType<typeof createColors>;
  readonly width: number;
  readonly unicode: boolean;
}

/** A cell, or one text that spans the whole row. */
export type Row = readonly string[] | { readonly span: string };

export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

/** Length as it is seen: without the codes that switch colors. */
// eslint-disable-next-line no-control-regex -- color codes begin with the escape character
export const visibleLength = (text: string): number => text.replace(/\x1b\[\d+m/g, "").length;

const EDGES = ["top", "bottom", "left", "right"] as const;
const NO_FRAME = Object.fromEntries(
  [...EDGES, ...EDGES.map((edge) => `${edge}-mid`), "mid", "mid-mid"]
    .concat("top-left", "top-right", "bottom-left", "bottom-right")
    .map((part) => [part, ""]),
);

/** The lines of a table; columns are as wide as their content. */
export function tableLines({ head, rows }: TableContent, screen: Screen): readonly string[] {
  const table = new Table({
    chars: { ...NO_FRAME, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push([...head]);
  for (const row of rows) {
    table.push("span" in row ? [{ content: row.span, colSpan: head.length }] : [...row]);
  }
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  const rule = (screen.unicode ? "─" : "-").repeat(Math.max(...lines.map(visibleLength)));
  return [screen.colors.bold(lines[0]), screen.colors.dim(rule), ...lines.slice(1)];
}

/** The text in lines of at most `width` characters, broken at spaces; `indent` begins each line. */
export function wrap(text: string, width: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
