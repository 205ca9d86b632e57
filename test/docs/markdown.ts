/** @file Reads the project's Markdown: its documents, their code blocks, links and headings. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import GithubSlugger from "github-slugger";
import { lexer, walkTokens, type Token, type Tokens } from "marked";

/** The folder of package.json. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CodeBlock {
  /** The document and the line of the fence: "README.md:12". */
  readonly place: string;
  readonly language: string;
  /** What follows the language on the fence's line, empty if nothing: "no-run". */
  readonly mark: string;
  readonly text: string;
}

export interface MarkdownDocument {
  /** Relative to the root: "docs/architecture.md". */
  readonly path: string;
  readonly blocks: readonly CodeBlock[];
  /** Where its links and pictures lead, as written. */
  readonly links: readonly string[];
  /** The names by which links reach its headings. */
  readonly anchors: ReadonlySet<string>;
}

/** The tokens and all that they contain. */
function flatten(tokens: Token[]): Token[] {
  const all: Token[] = [];
  void walkTokens(tokens, (token) => {
    all.push(token);
  });
  return all;
}

/** Fences inside of lists get the line of the list. */
function readBlocks(path: string, tokens: readonly Token[]): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let line = 1;
  for (const outer of tokens) {
    for (const token of flatten([outer])) {
      if (token.type !== "code") continue;
      const [language, ...mark] = ((token.lang as string | undefined) ?? "").split(" ");
      const text = token.text as string;
      blocks.push({ place: `${path}:${line}`, language, mark: mark.join(" "), text });
    }
    line += outer.raw.split("\n").length - 1;
  }
  return blocks;
}

function linksOf(token: Token): string[] {
  if (token.type === "link" || token.type === "image") return [token.href as string];
  if (token.type !== "html") return [];
  return [...token.raw.matchAll(/\b(?:src|href|srcset)="([^"]*)"/g)].map(([, target]) => target);
}

function readAnchors(tokens: Token[]): Set<string> {
  const slugger = new GithubSlugger();
  const headings = flatten(tokens).filter(({ type }) => type === "heading");
  return new Set(headings.map((heading) => slugger.slug((heading as Tokens.Heading).text)));
}

function readDocument(path: string): MarkdownDocument {
  const tokens = lexer(readFileSync(join(root, path), "utf8"));
  return {
    path,
    blocks: readBlocks(path, tokens),
    links: flatten(tokens).flatMap(linksOf),
    anchors: readAnchors(tokens),
  };
}

/** Every document that people read: those of the root and all of docs/. */
export function readDocuments(): MarkdownDocument[] {
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [...readdirSync(root), ...inDocs.map((path) => join("docs", path))]
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".md") && existsSync(join(root, path)))
    .sort()
    .map(readDocument);
}
