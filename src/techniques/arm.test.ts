import { describe, expect, it } from "vitest";
import { applyArm, parseArm, splitArms } from "./arm.js";
import { techniques } from "./list.js";
import { referenceRecipe } from "./recipe.js";

const known = techniques.map(({ id }) => id).join(", ");

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

  it("sets any parameter by name in parentheses, the others to their defaults", () => {
    expect(parseArm("elasticNet(l2=1e-3, l1=1e-4) + dropout(rate=0.2)").techniques).toEqual([
      { id: "elasticNet", params: { l1: 1e-4, l2: 1e-3, method: "proximal" } },
      { id: "dropout", params: { rate: 0.2 } },
    ]);
    expect(parseArm("l1(method=subgradient)").techniques).toEqual([
      { id: "l1", params: { strength: 1e-4, method: "subgradient" } },
    ]);
  });

  const sentences: readonly [string, string][] = [
    ["dropuot=0.5", `Unknown technique "dropuot"; did you mean "dropout"? Known: ${known}.`],
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
    [
      "dropout(0.5)",
      'Dropout: parameters in parentheses must be written name=value; got "0.5" in "dropout(0.5)". Known: rate.',
    ],
    [
      "dropout()",
      'Dropout: parameters in parentheses must be written name=value; got "" in "dropout()". Known: rate.',
    ],
    [
      "dropout(rate=0.5",
      'Arm: a technique must be written id, id=value or id(name=value,...); got "dropout(rate=0.5".',
    ],
    [
      "elasticNet(l1=1,l1=2)",
      'ElasticNet: a parameter must be given once; got "l1" twice in "elasticNet(l1=1,l1=2)". Keep one.',
    ],
    [
      "elasticNet(l3=1)",
      'ElasticNet: Unknown parameter "l3"; did you mean "l1"? Known: l1, l2, method.',
    ],
    ["none(rate=1)", 'None: there must be no value; got "none(rate=1)". Write "none".'],
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

describe("splitArms", () => {
  it("separates at commas, but for those in parentheses", () => {
    expect(splitArms("none, l2=1e-4+dropout=0.3,elasticNet(l1=1e-4,l2=1e-3),sam")).toEqual([
      "none",
      "l2=1e-4+dropout=0.3",
      "elasticNet(l1=1e-4,l2=1e-3)",
      "sam",
    ]);
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
