/** @file The published schema is current, and editors judge by it as Holdout does; Ajv stands for the editors. */
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { referenceRecipe } from "../techniques/index.js";
import { recipeJsonSchema } from "./jsonSchema.js";
import { parseRecipe } from "./parse.js";

const schema = recipeJsonSchema();
const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  schema,
);

describe("the JSON Schema", () => {
  it("is the one that ships", async () => {
    const file = fileURLToPath(new URL("../../schema/recipe.schema.json", import.meta.url));
    await expect(`${JSON.stringify(schema, null, 1)}\n`).toMatchFileSnapshot(file);
  });

  const { training } = referenceRecipe;
  const layers = [{ kind: "dense", units: 10, activation: "softmax" }];
  const small = { ...referenceRecipe, model: { layers } };
  const cases: readonly (readonly [string, object, boolean])[] = [
    ["the reference recipe", referenceRecipe, true],
    ["layers without what has a default", small, true],
    ["a schema's address", { $schema: "x", ...small }, true],
    ["arms and seeds", { ...small, arms: ["none", "l2"], seeds: 3 }, true],
    ["a key that is none", { ...small, dta: 1 }, false],
    ["a layer that is none", { ...small, model: { layers: [{ kind: "dens" }] } }, false],
    ["a layer without units", { ...small, model: { layers: [{ kind: "dense" }] } }, false],
    ["no epoch", { ...small, training: { ...training, epochs: 0 } }, false],
    [
      "a learning rate that is none",
      { ...small, training: { ...training, optimizer: { kind: "sgd", learningRate: "fast" } } },
      false,
    ],
    [
      "a schedule",
      {
        ...small,
        training: {
          ...training,
          optimizer: {
            kind: "sgd",
            learningRate: { kind: "cosineDecay", initialLearningRate: 0.1, decaySteps: 5 },
          },
        },
      },
      true,
    ],
    ["an option of another data set", { ...small, data: { name: "mnist", seed: 1 } }, false],
  ];
  it.each(cases)("judges %s as parseRecipe does", (_, data, isRight) => {
    expect(validate(data)).toBe(isRight);
    const act = (): unknown => parseRecipe(JSON.stringify(data));
    if (isRight) expect(act).not.toThrow();
    else expect(act).toThrow();
  });
});
