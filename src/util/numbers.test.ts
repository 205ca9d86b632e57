import { expect, it } from "vitest";
import { shortNumber } from "./numbers.js";

it("writes numbers the shorter way, and they read back as themselves", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0.000001, "1e-6"],
    [0.0000178, "1.78e-5"],
    [0.001, "1e-3"],
    [0.01, "0.01"],
    [0.5, "0.5"],
    [0, "0"],
    [-1200, "-1200"],
    [1e21, "1e21"],
    [30, "30"],
  ];
  for (const [value, text] of cases) {
    expect(shortNumber(value)).toBe(text);
    expect(Number(text)).toBe(value);
  }
});
