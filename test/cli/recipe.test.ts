/** @file Recipes on the command line: `holdout init` writes one, `holdout compare --recipe` trains it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { StudyResult } from "../../src/study/index.js";
import { referenceRecipe } from "../../src/techniques/index.js";
import { parseRecipe } from "../../src/recipes/index.js";
import { holdout, inFolder, SLOW } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW });

const SMALL = `data: { name: digits, trainRows: 100 }
preprocessing: standardize
model:
  layers:
    - { kind: dense, units: 16, activation: relu }
    - { kind: dense, units: 10, activation: softmax }
training:
  optimizer: { kind: sgd, learningRate: 0.1 }
  loss: categoricalCrossEntropy
  epochs: 2
  batchSize: 50
arms: [none, l2=1e-3]
seeds: 2
`;

const runJson = async (words: readonly string[], cwd: string): Promise<StudyResult> => {
  const { code, stdout, stderr } = await holdout(["compare", "--quiet", "--json", "-", ...words], {
    cwd,
  });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as StudyResult;
};

const lossesOf = ({ arms }: StudyResult): unknown =>
  arms.map(({ trials }) => trials.map(({ epochs }) => epochs.map(({ validation }) => validation)));

describe("holdout compare --recipe", () => {
  it("trains what the file says, and repeats it by the command in its results", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "my recipe.yaml"), SMALL);
      const first = await runJson(["--recipe", "my recipe.yaml"], folder);
      expect(first.arms.map(({ name }) => name)).toEqual(["none", "l2=1e-3"]);
      expect(first.seeds).toEqual([1, 2]);
      expect(first.recipe).toMatchObject({
        data: { name: "digits", trainRows: 100 },
        preprocessing: "standardize",
        training: { optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0 }, epochs: 2 },
      });
      const { command } = first.environment;
      expect(command).toMatch(/^holdout compare --recipe 'my recipe\.yaml' --data digits /);
      const words = command.replace("'my recipe.yaml'", "my_recipe").split(" ").slice(2);
      const again = words.map((word) => (word === "my_recipe" ? "my recipe.yaml" : word));
      expect(lossesOf(await runJson(again, folder))).toEqual(lossesOf(first));
    });
  });

  it("lets options come before the file, and keeps what they do not name", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "r.yaml"), SMALL);
      const words = ["--recipe", "r.yaml", "--epochs", "1", "--arms", "none", "--seeds", "1"];
      const result = await runJson([...words, "--train-size", "60"], folder);
      expect(result.arms.map(({ name, trials }) => [name, trials.length])).toEqual([["none", 1]]);
      expect(result.recipe).toMatchObject({
        data: { name: "digits", trainRows: 60 },
        training: { epochs: 1, batchSize: 50, optimizer: { kind: "sgd" } },
      });
    });
  });

  it("runs a module, and takes its arms and seeds", async () => {
    await inFolder(async (folder) => {
      const recipe = JSON.stringify(parseRecipe(SMALL).recipe);
      const text = `export default ${recipe};\nexport const arms = ["none"];\nexport const seeds = 1;\n`;
      writeFileSync(join(folder, "r.mjs"), text);
      const result = await runJson(["--recipe", "r.mjs"], folder);
      expect(result.arms.map(({ name, trials }) => [name, trials.length])).toEqual([["none", 1]]);
      expect(result.recipe).toMatchObject({ preprocessing: "standardize" });
    });
  });

  const mistakes: readonly (readonly [name: string, text: string, sentence: string])[] = [
    [
      "r.yaml",
      SMALL.replace("units: 16", "units: 0"),
      "r.yaml:5: model.layers[0].units must be a whole number of at least 1; got 0.\n",
    ],
    [
      "r.json",
      '{\n  "dta": 1\n}',
      'r.json:2: Unknown key "dta"; did you mean "data"? Known: data, split, preprocessing, model, training, ensemble, predictionSamples, arms, seeds.\n',
    ],
    [
      "r.toml",
      "",
      'Recipe: the file\'s name must end with .yaml, .yml, .json, .js, .mjs, .ts, .mts; got "r.toml". Rename it.\n',
    ],
    [
      "r.mjs",
      "export const arms = [];",
      "r.mjs: the module must export a recipe as its default; got none. Write export default { ... }.\n",
    ],
    ["r.js", "throw new Error('no');", "r.js: the module must run; got an error: Error: no\n"],
  ];
  it.each(mistakes)(
    "refuses a wrong %s in a sentence, with exit code 2",
    async (name, text, sentence) => {
      await inFolder(async (folder) => {
        writeFileSync(join(folder, name), text);
        const { code, stdout, stderr } = await holdout(["compare", "--recipe", name], {
          cwd: folder,
        });
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toContain(sentence);
      });
    },
  );

  it("says that there is no such file", async () => {
    const { code, stderr } = await holdout(["compare", "--recipe", "no/such.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'Recipe: the path must be a file that can be read; got "no/such.yaml" (there is no such file). "holdout init" writes one.\n',
    );
  });

  it("runs TypeScript where Node does, and says so where it does not", async () => {
    await inFolder(async (folder) => {
      const recipe = JSON.stringify(parseRecipe(SMALL).recipe);
      writeFileSync(
        join(folder, "r.mts"),
        `const recipe: object = ${recipe};\nexport default recipe;\n`,
      );
      const words = ["compare", "--recipe", "r.mts", "--epochs", "0"];
      const { code, stderr } = await holdout(words, { cwd: folder });
      expect(code).toBe(2);
      const runs = "typescript" in process.features && Boolean(process.features.typescript);
      expect(stderr).toContain(
        runs
          ? "epochs must be a whole number"
          : "r.mts: a recipe in TypeScript must have a Node that runs it",
      );
    });
  });
});

describe("holdout init", () => {
  it.each(["recipe.yaml", "recipe.json"])("writes the reference recipe as %s", async (name) => {
    await inFolder(async (folder) => {
      const { code, stdout } = await holdout(["init", name, "--yes"], { cwd: folder });
      expect(code).toBe(0);
      expect(stdout).toBe(`wrote ${name}; next: holdout compare --recipe ${name}\n`);
      expect(readdirSync(folder)).toEqual([name]);
      const text = readFileSync(join(folder, name), "utf8");
      expect(parseRecipe(text)).toEqual({
        recipe: referenceRecipe,
        arms: ["none", "dropout=0.5"],
        seeds: 5,
      });
      expect(text).toMatch(
        /schema[=:" ]+https:\/\/unpkg\.com\/holdout@[^/]+\/schema\/recipe\.schema\.json/,
      );
    });
  });

  it("asks nobody where there is no terminal", async () => {
    await inFolder(async (folder) => {
      const { code, stderr } = await holdout(["init"], { cwd: folder });
      expect(code).toBe(2);
      expect(stderr).toBe(
        "init: there must be a terminal to ask on; got none. Use --yes to write the reference recipe.\n",
      );
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it("never writes over a file or a folder, nor where it cannot", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "recipe.yaml"), "mine");
      mkdirSync(join(folder, "folder.yaml"));
      const refusals = [
        [
          [],
          'init: the file must not be there yet; got "recipe.yaml". Name another, or remove it first.',
        ],
        [["folder.yaml"], 'init: the file must not be there yet; got "folder.yaml". '],
        [
          ["r.txt"],
          'init: the file\'s name must end with .yaml, .yml, .json; got "r.txt". Rename it.',
        ],
        [
          ["no/r.yaml"],
          'init: the path must be a file that can be written; got "no/r.yaml" (the folder "no" does not exist).',
        ],
      ] as const;
      for (const [words, sentence] of refusals) {
        const { code, stderr } = await holdout(["init", ...words, "--yes"], { cwd: folder });
        expect(code).toBe(2);
        expect(stderr).toContain(sentence);
      }
      expect(readFileSync(join(folder, "recipe.yaml"), "utf8")).toBe("mine");
      expect(readdirSync(folder).sort()).toEqual(["folder.yaml", "recipe.yaml"]);
    });
  });
});
