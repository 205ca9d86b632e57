/** @file Declared parameters with flags and sizes among them. */
import { describe, expect, it } from "vitest";
import { choice, real } from "../util/index.js";
import { checkDeclared, flag, pairOf, size } from "./parameters.js";

const declared = {
  rate: real({ min: 0, max: 1, default: 0.5 }),
  mode: choice({ choices: ["a", "b"], default: "a" }),
  on: flag({ default: true }),
};

describe("declared parameters", () => {
  it("take their defaults, and values that are given", () => {
    expect(checkDeclared("Who", declared, {})).toEqual({ rate: 0.5, mode: "a", on: true });
    expect(checkDeclared("Who", declared, { on: false, rate: 0 })).toEqual({
      rate: 0,
      mode: "a",
      on: false,
    });
  });

  it("refuse what is no flag, no value or no name of theirs", () => {
    expect(() => checkDeclared("Who", declared, { on: "no" })).toThrow(
      "Who: on must be true or false; got no.",
    );
    expect(() => checkDeclared("Who", declared, { rate: null })).toThrow(
      "Who: rate must be a number in [0, 1]; got null.",
    );
    expect(() => checkDeclared("Who", declared, { rate: 2 })).toThrow("Who: rate must be");
    expect(() => checkDeclared("Who", declared, { rat: 2 })).toThrow(
      'Who: Unknown parameter "rat"; did you mean "rate"? Known: rate, mode, on.',
    );
    expect(() => checkDeclared("Who", declared, { toString: 2 })).toThrow("Unknown parameter");
  });
});

describe("sizes", () => {
  const sizes = {
    poolSize: size({ default: 2 }),
    strides: size({ names: ["poolSize"], default: "poolSize" }),
  };

  it("are one number for both sides, a pair, or a name", () => {
    expect(checkDeclared("Who", sizes, {})).toEqual({ poolSize: 2, strides: "poolSize" });
    expect(checkDeclared("Who", sizes, { poolSize: [2, 3], strides: 1 })).toEqual({
      poolSize: [2, 3],
      strides: 1,
    });
    expect([pairOf(2), pairOf([2, 3])]).toEqual([
      [2, 2],
      [2, 3],
    ]);
  });

  it.each([
    [{ poolSize: 0 }, "poolSize must be a whole number of at least 1, or two of them; got 0."],
    [{ poolSize: [2, 2.5] }, "or two of them; got [2, 2.5]."],
    [{ poolSize: [[2], 2] }, "or two of them; got [2, 2]."],
    [{ poolSize: "poolSize" }, "or two of them; got poolSize."],
    [{ poolSize: null }, "or two of them; got null."],
    [{ strides: [2] }, 'or two of them, or "poolSize"; got [2].'],
  ])("refuse %j", (values, sentence) => {
    expect(() => checkDeclared("Who", sizes, values)).toThrow(sentence);
  });
});
