import { describe, expect, it } from "vitest";
import { referenceRecipe, type Recipe } from "../techniques/index.js";
import { designStudy, listTrials } from "./design.js";

const options = { recipe: referenceRecipe, arms: ["none", "dropout=0.5"], seeds: 3 };

function withTraining(change: Partial<Recipe["training"]>): Recipe {
  return { ...referenceRecipe, training: { ...referenceRecipe.training, ...change } };
}

describe("designStudy", () => {
  it("counts seeds from 1", () => {
    expect(designStudy(options).seeds).toEqual([1, 2, 3]);
  });

  it.each([0, -1, 1.5, NaN])("refuses %d seeds in one sentence", (seeds) => {
    expect(() => designStudy({ ...options, seeds })).toThrow(
      `Study: seeds must be a whole number of at least 1; got ${seeds}. ` +
        "Use 5 or more; with one seed nothing can be compared.",
    );
  });

  it("refuses 0 epochs and batches of 0 rows", () => {
    const train = (change: Partial<Recipe["training"]>) => () =>
      designStudy({ ...options, recipe: withTraining(change) });
    expect(train({ epochs: 0 })).toThrow(
      "Study: epochs must be a whole number of at least 1; got 0.",
    );
    expect(train({ batchSize: 0 })).toThrow(
      "Study: batch size must be a whole number of at least 1; got 0.",
    );
  });

  it("refuses a split or a train size that cannot be", () => {
    const split = { ...referenceRecipe.split, seed: -1 };
    expect(() => designStudy({ ...options, recipe: { ...referenceRecipe, split } })).toThrow(
      "Study: split seed must be a whole number in [0, 4294967295]; got -1.",
    );
    const data = { name: "mnist", trainRows: 0 };
    expect(() => designStudy({ ...options, recipe: { ...referenceRecipe, data } })).toThrow(
      "Study: train size must be a whole number of at least 1; got 0.",
    );
  });

  it("refuses no arms, one arm twice and an unknown technique with the nearest name", () => {
    const arms =
      (...names: string[]) =>
      () =>
        designStudy({ ...options, arms: names });
    expect(arms()).toThrow('Study: there must be at least one arm; got none. Try "none".');
    expect(arms("none", "dropout", "none")).toThrow(
      'Study: arms must differ; got "none" twice. Remove one, or change its strength.',
    );
    expect(arms("none", "dropuot=0.5")).toThrow(
      'Unknown technique "dropuot"; did you mean "dropout"? Known: none, l1, ',
    );
  });
});

describe("listTrials", () => {
  it("goes seed by seed, so that a study stopped early has whole pairs", () => {
    const trials = listTrials(designStudy(options));
    expect(trials.map(({ index, arm, seed }) => [index, arm, seed])).toEqual([
      [0, "none", 1],
      [1, "dropout=0.5", 1],
      [2, "none", 2],
      [3, "dropout=0.5", 2],
      [4, "none", 3],
      [5, "dropout=0.5", 3],
    ]);
  });

  it("gives each arm its recipe, as plain data", () => {
    const [none, dropout] = listTrials(designStudy(options));
    expect(none.recipe).toEqual(referenceRecipe);
    expect(dropout.recipe.model.layers.map(({ kind }) => kind)).toContain("dropout");
    expect(structuredClone(dropout)).toEqual(dropout);
  });
});
