import { describe, expect, it } from "vitest";
import { referenceRecipe } from "../techniques/index.js";
import { listCells } from "./cells.js";
import { designStudy, listTrials } from "./design.js";
import type { SizeChoice } from "./plan.js";

const design = (equal: SizeChoice["equal"], rows: readonly number[] = [1000, 100]) =>
  designStudy({
    ...{ recipe: referenceRecipe, arms: ["none", "dropout=0.5"], seeds: 2 },
    sizes: { rows, equal },
  });

describe("listCells", () => {
  it("has one cell an arm, with the arm's own name, where there is one size", () => {
    const one = designStudy({ recipe: referenceRecipe, arms: ["none", "l2"], seeds: 1 });
    expect(listCells(one).map(({ name, arm }) => [name, arm])).toEqual([
      ["none", "none"],
      ["l2", "l2"],
    ]);
  });

  it("goes size by size, ascending, with the rows in the names", () => {
    expect(listCells(design("epochs")).map(({ name, trainRows }) => [name, trainRows])).toEqual([
      ["none, 100 rows", 100],
      ["dropout=0.5, 100 rows", 100],
      ["none, 1,000 rows", 1000],
      ["dropout=0.5, 1,000 rows", 1000],
    ]);
  });

  it("takes a batch of all rows where there are fewer than a batch, as Keras does", () => {
    const sizes = listCells(design("epochs")).map(({ recipe }) => recipe.training.batchSize);
    expect(sizes).toEqual([100, 100, 128, 128]);
  });

  it("keeps the epochs, or for equal updates trains smaller sets for more of them", () => {
    const epochs = (equal: SizeChoice["equal"]): readonly number[] =>
      listCells(design(equal)).map(({ recipe }) => recipe.training.epochs);
    expect(epochs("epochs")).toEqual([20, 20, 20, 20]);
    // 1,000 rows are 8 updates an epoch, 160 in all; 100 rows are one.
    expect(epochs("updates")).toEqual([160, 160, 20, 20]);
  });

  it("gives a trial the same index whatever the number of seeds", () => {
    const whole = listTrials(design("epochs"), [1, 2]);
    expect(listTrials(design("epochs"), [2])).toEqual(whole.slice(4));
    expect(whole.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("refuses sizes that cannot be", () => {
    expect(() => design("epochs", [])).toThrow(
      "Study: there must be at least one train size; got none.",
    );
    expect(() => design("epochs", [5, 5])).toThrow(
      "Study: train sizes must differ; got 5, 5. Remove one.",
    );
    expect(() => design("epochs", [0])).toThrow(
      "Study: train size must be a whole number of at least 1; got 0.",
    );
    expect(() => design("steps" as "epochs")).toThrow('Study: Unknown equal "steps"');
  });
});
