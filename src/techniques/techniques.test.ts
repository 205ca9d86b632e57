/** @file The contract that every technique in the list keeps; none of these tests knows one by name. */
import { describe, expect, it } from "vitest";
import { adam, dense, sequential, type History } from "../nn/index.js";
import { checkParameters, type Parameter } from "../util/index.js";
import { applyArm, parseArm } from "./arm.js";
import { applyTechnique, type Technique } from "./define.js";
import { techniques } from "./list.js";
import { referenceRecipe, type Recipe } from "./recipe.js";

/** Small enough to be trained here: eight rows of two features, two classes. */
const tinyRecipe: Recipe = {
  ...referenceRecipe,
  model: {
    layers: [dense({ units: 4, activation: "relu" }), dense({ units: 2, activation: "softmax" })],
  },
};
const rows = {
  features: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
  featureShape: [2],
  scale: 1,
  labels: Int32Array.from({ length: 8 }, (_, i) => i % 2),
  classes: 2,
};

function train({ model }: Recipe): Promise<History> {
  return sequential(model.layers).fit(rows, {
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: 2,
    batchSize: 4,
    validation: rows,
    seed: 1,
    clock: () => 0,
  });
}

const parametersOf = (technique: Technique): [string, Parameter][] =>
  Object.entries(technique.params);

/** Values that no declaration allows, each with the words of its sentence. */
function badValues(parameter: Parameter): readonly [unknown, string][] {
  if (parameter.kind === "choice") return [["no such choice", "Unknown"]];
  const outside = [parameter.min - 1, parameter.max + 1].filter(Number.isFinite);
  return [...outside, Number.NaN, "text"].map((value) => [value, "must be a"]);
}

/** What holds at a technique's declared off values; without any there is nothing to check. */
function describeOff(technique: Technique): void {
  const off = parametersOf(technique).flatMap(([name, parameter]): [string, number][] =>
    "off" in parameter && parameter.off !== undefined ? [[name, parameter.off]] : [],
  );
  if (off.length === 0) return;
  const values = checkParameters(technique.title, technique.params, Object.fromEntries(off));

  it("leaves the recipe alone at its off values", () => {
    expect(applyTechnique(referenceRecipe, technique, values)).toEqual(referenceRecipe);
  });

  it("has a mechanism that trains to the same bits at its off values", async () => {
    // Not applyTechnique, which would not let the mechanism in.
    expect(await train(technique.apply(tinyRecipe, values))).toEqual(await train(tinyRecipe));
  });
}

function describeTechnique(technique: Technique): void {
  describe(`technique ${technique.id}`, () => {
    it("has an id that the command line can write", () => {
      expect(technique.id).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(parseArm(technique.id).techniques[0].id).toBe(technique.id);
    });

    it("has defaults, search ranges and off values inside its own ranges", () => {
      for (const [name, parameter] of parametersOf(technique)) {
        const ends = "search" in parameter ? (parameter.search ?? []) : [];
        const off = "off" in parameter && parameter.off !== undefined ? [parameter.off] : [];
        for (const value of [parameter.default, ...ends, ...off]) {
          expect(() => applyTechnique(referenceRecipe, technique, { [name]: value })).not.toThrow();
        }
      }
    });

    describeOff(technique);

    it("makes a recipe of plain data that survives JSON, and changes nothing in place", () => {
      const before = structuredClone(referenceRecipe);
      const changed = applyTechnique(referenceRecipe, technique);
      expect(JSON.parse(JSON.stringify(changed))).toEqual(changed);
      expect(referenceRecipe).toEqual(before);
    });

    it("gives the same recipe after its arm went through JSON", () => {
      const arm = parseArm(technique.id);
      const copy = JSON.parse(JSON.stringify(arm)) as typeof arm;
      expect(applyArm(referenceRecipe, copy)).toEqual(applyArm(referenceRecipe, arm));
    });

    it("refuses each bad value with a sentence that names itself and the parameter", () => {
      for (const [name, parameter] of parametersOf(technique)) {
        for (const [value, words] of badValues(parameter)) {
          const act = (): unknown => applyTechnique(referenceRecipe, technique, { [name]: value });
          expect(act).toThrow(`${technique.title}: ${name} ${words}`);
        }
      }
    });

    it("refuses a parameter that it does not have", () => {
      expect(() => applyTechnique(referenceRecipe, technique, { noSuch: 1 })).toThrow(
        `${technique.title}: Unknown parameter "noSuch"`,
      );
    });
  });
}

techniques.forEach(describeTechnique);

describe("the list of techniques", () => {
  it("has no id twice", () => {
    const ids = techniques.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
