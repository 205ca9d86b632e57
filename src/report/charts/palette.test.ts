/** @file Expected: the contrast formula of WCAG 2.2 and its 4.5 : 1 for text. */
import { describe, expect, it } from "vitest";
import { STRONGEST_SHADE } from "../sections/confusionSection.js";
import { styleSheet } from "../style.js";
import { ARM_COLORS, armStyle } from "./palette.js";

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((start) => parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const [paperLight, paperDark] = [...styleSheet.matchAll(/--paper: (#\w{6})/g)].map(
  ([, hex]) => hex,
);
const pair = (name: string): string[] =>
  [...styleSheet.matchAll(new RegExp(`--${name}: (#\\w{6})`, "g"))].map(([, hex]) => hex);

/** CSS color-mix in srgb: `percent` of the colour, the rest paper. */
function mix(color: string, paper: string, percent: number): string {
  const channel = (hex: string, start: number): number => parseInt(hex.slice(start, start + 2), 16);
  const mixed = [1, 3, 5].map((start) =>
    Math.round(blend(channel(paper, start), channel(color, start), percent / 100)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
const blend = (from: number, to: number, share: number): number => from + (to - from) * share;

const [softLight, softDark] = [...styleSheet.matchAll(/--ink-soft: (#\w{6})/g)].map(
  ([, hex]) => hex,
);

describe("the palette", () => {
  it("is legible as text on both papers", () => {
    for (const { light, dark } of ARM_COLORS) {
      expect(contrast(light, paperLight)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, paperDark)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(softLight, paperLight)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(softDark, paperDark)).toBeGreaterThanOrEqual(4.5);
  });
  it("keeps text legible on the strongest shade of a confusion matrix", () => {
    const [papers, inks, mistakes] = ["paper", "ink", "mistake"].map(pair);
    papers.forEach((paper, index) => {
      const shade = mix(mistakes[index], paper, STRONGEST_SHADE);
      expect(contrast(inks[index], shade)).toBeGreaterThanOrEqual(4.5);
    });
    expect(papers).toHaveLength(2);
  });
  it("gives the first 30 arms a colour and dash of their own", () => {
    const styles = Array.from({ length: 30 }, (_, index) => JSON.stringify(armStyle(index)));
    expect(new Set(styles)).toHaveLength(30);
  });
  it("dashes neighbours apart, for who sees no colours", () => {
    for (let index = 0; index < 5; index++) {
      expect(armStyle(index).dash).not.toBe(armStyle(index + 1).dash);
    }
  });
});
