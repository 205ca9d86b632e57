import { expect, it } from "vitest";
import { referenceRecipe } from "../techniques/index.js";
import { designStudy, listTrials } from "./design.js";
import { studyKey, trialKey } from "./keys.js";

const data = { name: "digits", trainRows: 1, validationRows: 1, testRows: 1, hash: "ab" };
const context = { data, environment: { holdout: "1", engine: "wasm" } };
const design = (arms: readonly string[], seeds = 2) =>
  designStudy({ recipe: referenceRecipe, arms, seeds });
const keys = (arms: readonly string[], seeds?: number) =>
  Promise.all(listTrials(design(arms, seeds)).map((trial) => trialKey(trial, context)));

it("a study's key is that of the same design, whatever the order of its properties", async () => {
  const one = design(["none", "dropout=0.5"]);
  const reversed = Object.fromEntries(Object.entries(one).reverse()) as typeof one;
  expect(await studyKey(reversed, context)).toBe(await studyKey(one, context));
  expect(await studyKey(one, context)).toMatch(/^[0-9a-f]{64}$/);
});

it("changes with the design, the data, the version and the engine", async () => {
  const one = design(["none", "dropout=0.5"]);
  const others = await Promise.all([
    studyKey(design(["none", "dropout=0.4"]), context),
    studyKey(design(["none", "dropout=0.5"], 3), context),
    studyKey(one, { ...context, data: { ...data, hash: "cd" } }),
    studyKey(one, { ...context, environment: { holdout: "2", engine: "wasm" } }),
    studyKey(one, { ...context, environment: { holdout: "1", engine: "blas" } }),
  ]);
  expect(new Set([await studyKey(one, context), ...others]).size).toBe(6);
});

it("trials of equal recipe and seed share their key: more seeds, another name, off and none", async () => {
  const few = await keys(["none", "dropout=0.5"]);
  const more = await keys(["none", "dropout=0.5"], 3);
  expect(more.slice(0, 4)).toEqual(few);
  expect(new Set(more).size).toBe(6);
  expect(await keys(["none", "dropout=.5"])).toEqual(few);
  const [none, off] = await keys(["none", "dropout=0"]);
  expect(off).toBe(none);
});
