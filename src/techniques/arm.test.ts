import { describe, expect, it } from "vitest";
import { applyArm, parseArm } from "./arm.js";
import { referenceRecipe } from "./recipe.js";

describe("parseArm", () => {
  it("sets the first parameter, and takes the default without a value", () => {
    const techniques = [{ id: "dropout", params: { rate: 0.5 } }];
    expect(parseArm("dropout=0.5")).toEqual({ name: "dropout=0.5", techniques });
    expect(parseArm(" dropout ")).toEqual({ name: "dropout", techniques });
  });

  it("composes techniques in the order written", () => {
    expect(parseArm("none + dropout=2e-1").techniques).toEqual([
      { id: "none", params: {} },
      { id: "dropout", params: { rate: 0.2 } },
    ]);
  });

  it("reads a plus sign of an exponent as part of the number", () => {
    expect(() => parseArm("dropout=1e+3")).toThrow(
      "Dropout: rate must be a number in [0, 1); got 1000. Use rate 0 to switch it off.",
    );
  });

  const sentences: readonly [string, string][] = [
    ["dropuot=0.5", 'Unknown technique "dropuot"; did you mean "dropout"? Known: none, dropout.'],
    ["dropout=1", "Dropout: rate must be a number in [0, 1); got 1. Use rate 0 to switch it off."],
    [
      "dropout=-0.1",
      "Dropout: rate must be a number in [0, 1); got -0.1. Use rate 0 to switch it off.",
    ],
    [
      "dropout=half",
      'Dropout: rate must be a number in [0, 1); got "half". Use rate 0 to switch it off.',
    ],
    ["dropout=", 'Dropout: rate must be a number in [0, 1); got "". Use rate 0 to switch it off.'],
    ["none=3", 'None: there must be no value; got "none=3". Write "none".'],
    ["", 'Arm: each technique must have a name; got "". Write "none", "dropout=0.5" or "a=1+b=2".'],
    [
      "none+",
      'Arm: each technique must have a name; got "none+". Write "none", "dropout=0.5" or "a=1+b=2".',
    ],
    [
      "dropout=0.5+dropout=0.2",
      'Arm: a technique must be named once; got "dropout" twice in "dropout=0.5+dropout=0.2". ' +
        "Keep one of them.",
    ],
  ];
  it.each(sentences)("refuses %j in one sentence", (text, sentence) => {
    expect(() => parseArm(text)).toThrow(new RegExp(`^${escape(sentence)}$`));
  });
});

describe("applyArm", () => {
  it("puts dropout after each hidden layer and not after the output", () => {
    const { layers } = applyArm(referenceRecipe, parseArm("dropout=0.2")).model;
    expect(layers.map(({ kind }) => kind)).toEqual([
      "dense",
      "dropout",
      "dense",
      "dropout",
      "dense",
    ]);
    expect(layers[1]).toMatchObject({ rate: 0.2 });
  });

  it("trains the recipe itself under none and under dropout=0", () => {
    expect(applyArm(referenceRecipe, parseArm("none"))).toEqual(referenceRecipe);
    expect(applyArm(referenceRecipe, parseArm("dropout=0"))).toEqual(referenceRecipe);
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
