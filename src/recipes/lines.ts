/** @file The text of a recipe file, YAML or JSON, as data that knows its lines. */
import { isMap, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { UsageError } from "../util/index.js";
import type { Path } from "./sentences.js";

/** What a text holds. */
export interface ReadText {
  readonly data: unknown;
  /** The line on which something is, or the nearest that is there; 1 for the first. */
  readonly lineOf: (path: Path) => number;
}

/** The offset of a path's last key that is there, from the start of the text. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap<{ value?: unknown; range?: Node["range"] }>(node)) {
      const pair = node.items.find((item) => item.key.value === key);
      if (pair === undefined) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq<Node>(node) && typeof key === "number") {
      const item = node.items.at(key);
      if (item === undefined) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else {
      // An alias stands for what is written elsewhere: its own place is what the reader looks for.
      return offset;
    }
  }
  return offset;
}

/** The data of a document; an alias of aliases may stand for more than a memory holds. */
function dataOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(
      `${name}: the text must hold few aliases; got: ${(error as Error).message}. Write out what they stand for.`,
    );
  }
}

/**
 * Reads YAML 1.2, of which JSON is a part: plain data, nothing in it is run.
 *
 * @param name - what the sentences call the text: the file's name
 * @throws UsageError naming the first line that cannot be read
 */
export function readText(text: string, name: string): ReadText {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const wrong = [...document.errors, ...document.warnings].at(0);
  if (wrong !== undefined) {
    const reason = wrong.message.replace(/[.\s]+$/, "");
    throw new UsageError(
      `${name}:${lineAt(wrong.pos[0])}: the text must be YAML or JSON; got an error: ${reason}.`,
    );
  }
  return {
    data: dataOf(document, name),
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}
