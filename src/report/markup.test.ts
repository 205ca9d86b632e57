/** @file Expected texts: the five characters that HTML gives a meaning, by its specification. */
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { expect, it } from "vitest";
import { EMPTY, html, trusted } from "./markup.js";

it("escapes text, in content and in attributes", () => {
  const name = `<script>alert("1")</script> & 'more'`;
  expect(html`<p title="${name}">${name}</p>`.markup).not.toMatch(/<script|"1"|& '/);
});
it("any text comes back from the parsed page as it went in, and makes no element", () => {
  const property = fc.property(fc.string(), (text) => {
    const { document } = parseHTML(
      `<html><body>${html`<p id="${text}">${text}</p>`.markup}</body></html>`,
    );
    const paragraph = document.querySelector("p");
    expect(paragraph?.textContent).toBe(text);
    expect(document.body.querySelectorAll("*")).toHaveLength(1);
  });
  fc.assert(property, { seed: 5, numRuns: 300 });
});
it("inserts markup as it is, joins lists, and prints numbers", () => {
  const items = ["a", "b"].map((item) => html`<li>${item}</li>`);
  const list = html`<ul>
    ${[items, trusted("<li>c</li>"), EMPTY, 4]}
  </ul>`.markup;
  expect(list.replace(/\s/g, "")).toBe("<ul><li>a</li><li>b</li><li>c</li>4</ul>");
});
