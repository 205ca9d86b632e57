/** @file Recipes survive being written and read: the reference, and every technique applied to it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { adam, conv2d, cosineDecay, dense, elasticNet, flatten } from "../nn/index.js";
import {
  applyArm,
  parseArm,
  referenceRecipe,
  techniques,
  type Recipe,
} from "../techniques/index.js";
import { formatRecipe } from "./format.js";
import { parseRecipe } from "./parse.js";

const images: Recipe = {
  ...referenceRecipe,
  model: {
    layers: [
      conv2d({ filters: 4, kernelSize: 3, activation: "relu" }),
      flatten(),
      ...referenceRecipe.model.layers,
    ],
  },
};
/** Those that the reference network has no place for. */
const needImages = ["spatialDropout"];
/** Those that ask for a residual block. */
const blocks: Recipe = {
  ...referenceRecipe,
  model: {
    layers: [
      { ...dense({ units: 32 }), name: "a" },
      { ...dense({ units: 32 }), name: "b" },
      { kind: "add", name: "sum", inputs: ["a", "b"] },
      dense({ units: 10, activation: "softmax" }),
    ],
  },
};
const needBlocks = ["stochasticDepth"];

const needNoise = ["mcDropout"];

const recipeFor = (id: string): Recipe => {
  if (needImages.includes(id)) return images;
  return needBlocks.includes(id) ? blocks : referenceRecipe;
};

describe.each(["yaml", "json"] as const)("a recipe written as %s", (form) => {
  it.each(techniques)("is the same when read again, with $id applied", ({ id }) => {
    const arm = needNoise.includes(id) ? `dropout+${id}` : id;
    const recipe = applyArm(recipeFor(id), parseArm(arm));
    const file = { recipe, arms: ["none", id, "l2=1e-6..1e-1:7"], seeds: 3 };
    expect(parseRecipe(formatRecipe(file, { form }))).toEqual(file);
  });

  it("keeps schedules, penalties, preprocessing and options of the data set", () => {
    const recipe: Recipe = {
      ...referenceRecipe,
      data: { name: "digits", trainRows: 500, seed: 3, labelNoise: 0.1 },
      preprocessing: "standardize",
      model: {
        layers: [
          dense({ units: 9, kernelRegularizer: elasticNet({ l1: 1e-4, l2: 1e-3 }) }),
          dense({ units: 10, activation: "softmax" }),
        ],
      },
      training: {
        ...referenceRecipe.training,
        optimizer: adam({
          learningRate: cosineDecay({ initialLearningRate: 0.01, decaySteps: 100 }),
          clipNorm: 1,
        }),
        loss: { kind: "categoricalCrossEntropy", labelSmoothing: 0.1 },
        classWeights: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
        earlyStopping: { patience: 3 },
      },
    };
    expect(parseRecipe(formatRecipe({ recipe }, { form }))).toEqual({ recipe });
  });
});

describe("recipes/reference.yaml", () => {
  const file = fileURLToPath(new URL("../../recipes/reference.yaml", import.meta.url));

  it("is the reference recipe, as it is written", async () => {
    const reference = { recipe: referenceRecipe, arms: ["none", "dropout=0.5"], seeds: 5 };
    const text = formatRecipe(reference, { schema: "../schema/recipe.schema.json" });
    await expect(text).toMatchFileSnapshot(file);
    expect(parseRecipe(readFileSync(file, "utf8"))).toEqual(reference);
  });
});
