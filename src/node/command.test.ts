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
});
