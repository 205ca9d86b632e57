/** @file Expected: the contrast formula of WCAG 2.2 and its 4.5 : 1 for text. */
import { describe, expect, it } from "vitest";
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
