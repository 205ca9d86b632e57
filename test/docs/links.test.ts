/** @file Links between the documents lead somewhere: to a file that exists and a heading that it has. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocuments, root, type MarkdownDocument } from "./markdown.js";

const documents = readDocuments();

/** Why a link leads nowhere; undefined if it leads somewhere or out into the web. */
function judgeLink(from: MarkdownDocument, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [file, anchor] = decodeURI(link).split("#", 2);
  const path = file === "" ? from.path : posix.join(posix.dirname(from.path), file);
  if (!existsSync(posix.join(root, path))) return `${link}: there is no ${path}`;
  if (anchor === undefined) return undefined;
  const target = documents.find((document) => document.path === path);
  return target?.anchors.has(anchor) ? undefined : `${link}: ${path} has no heading #${anchor}`;
}

describe("relative links and pictures resolve", () => {
  it.each(documents)("$path", (document) => {
    expect(document.links.flatMap((link) => judgeLink(document, link) ?? [])).toEqual([]);
  });
});
