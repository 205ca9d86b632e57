import { describe, expect, it } from "vitest";
import { designStudy } from "../study/index.js";
import { referenceRecipe } from "../techniques/index.js";
import { reproduceCommand } from "./command.js";

describe("reproduceCommand", () => {
  it("names every option that decides a number, and quotes what a shell would split", () => {
    const recipe = { ...referenceRecipe, data: { name: "digits", trainRows: 500 } };
    const design = designStudy({ recipe, arms: ["none", "none + dropout=0.5"], seeds: 3 });
    expect(reproduceCommand(design, "blas")).toBe(
      "holdout compare --data digits --arms 'none,none + dropout=0.5' --seeds 3 --epochs 20 " +
        "--batch-size 128 --train-size 500 --split-seed 42 --engine blas",
    );
  });

  it("names the file of the recipe, and still every option", () => {
    const design = designStudy({ recipe: referenceRecipe, arms: ["none"], seeds: 1 });
    expect(reproduceCommand(design, "wasm", { recipe: "my recipe.yaml" })).toBe(
      "holdout compare --recipe 'my recipe.yaml' --data mnist --arms none --seeds 1 --epochs 20 " +
        "--batch-size 128 --split-seed 42 --engine wasm",
    );
  });

  it("writes sweeps, train sizes and the width as the user did", () => {
    const design = designStudy({
      ...{ recipe: referenceRecipe, arms: ["none", "l2=1e-4..1e-2:3", "dropout"], seeds: 4 },
      sizes: { rows: [100, 1000], equal: "updates" },
      until: { halfWidth: 0.001, minutes: 5, trials: 80 },
    });
    expect(reproduceCommand(design, "wasm")).toBe(
      "holdout compare --data mnist --arms none,l2=1e-4..1e-2:3,dropout --seeds 4 --epochs 20 " +
        "--batch-size 128 --train-sizes 100,1000 --equal updates --until 0.1% --minutes 5 " +
        "--trials 80 --split-seed 42 --engine wasm",
    );
  });
});
