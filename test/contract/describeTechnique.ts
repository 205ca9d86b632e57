/** @file What every technique promises: off is the baseline, clear refusals, plain data, company of others. */
import { describe, expect, it } from "vitest";
import { dataset, type LabelledDataset } from "../../src/data/index.js";
import { add, adam, conv2d, dense, flatten } from "../../src/nn/index.js";
import { runTrial, type TrialResult } from "../../src/study/index.js";
import { applyArm, parseArm } from "../../src/techniques/arm.js";
import { applyTechnique, type Technique } from "../../src/techniques/define.js";
import { referenceRecipe, type Recipe } from "../../src/techniques/recipe.js";
import { checkParameters, randomStream, type Parameter } from "../../src/util/index.js";

const SIDE = 6;

/** Images of two classes, one brighter than the other on the left. */
function images(name: string, rows: number): LabelledDataset {
  const random = randomStream(3, name);
  const labels = Int32Array.from({ length: rows }, () => random.below(2));
  const features = Float32Array.from({ length: rows * SIDE * SIDE }, (_, i) => {
    const isLeft = i % SIDE < SIDE / 2;
    return random.normal() + (isLeft ? labels[Math.floor(i / (SIDE * SIDE))] : 0);
  });
  return dataset({ name, features, featureShape: [SIDE, SIDE], scale: 1, labels, classes: 2 });
}

/** Few rows, the same for every trial. */
export const data = {
  train: images("train", 24),
  validation: images("validation", 8),
  test: images("test", 8),
};

const training = { ...referenceRecipe.training, optimizer: adam(), epochs: 3, batchSize: 8 };
const withModel = (...layers: Recipe["model"]["layers"]): Recipe => ({
  ...referenceRecipe,
  model: { layers },
  training,
});
const output = dense({ units: 2, activation: "softmax" });

/** Small models; each technique applies to one of them at least. */
export const recipes = {
  perceptron: withModel(
    dense({ units: 6, activation: "relu" }),
    dense({ units: 4, activation: "relu" }),
    output,
  ),
  convnet: withModel(
    conv2d({ filters: 3, kernelSize: 3, activation: "relu" }),
    flatten(),
    dense({ units: 4, activation: "relu" }),
    output,
  ),
  residual: withModel(
    { ...dense({ units: 6, activation: "relu" }), name: "stem" },
    { ...dense({ units: 6, activation: "relu" }), name: "branch" },
    { ...add(), inputs: ["stem", "branch"] },
    output,
  ),
} as const satisfies Readonly<Record<string, Recipe>>;

type ModelName = keyof typeof recipes;

export interface TechniqueContract {
  /** The model that it is tried on; default "perceptron". */
  readonly model?: ModelName;
  /** Epochs of its recipe, default 3. */
  readonly epochs?: number;
  /** An arm that the recipe has already, such as noise that it needs. */
  readonly after?: string;
  /** Models that it refuses, with its sentence. */
  readonly refuses?: Readonly<Partial<Record<ModelName, string>>>;
}

/** Times differ from run to run; they are 0 here. */
export async function train(recipe: Recipe, seed = 1): Promise<TrialResult> {
  const trial = { index: 0, arm: "test", seed, recipe };
  return (await runTrial(trial, data, { clock: () => 0 })).result;
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
function describeOff(technique: Technique, recipe: Recipe): void {
  const off = parametersOf(technique).flatMap(([name, parameter]): [string, number][] =>
    "off" in parameter && parameter.off !== undefined ? [[name, parameter.off]] : [],
  );
  if (off.length === 0) return;
  const values = checkParameters(technique.title, technique.params, Object.fromEntries(off));

  it("leaves the recipe alone at its off values", () => {
    expect(applyTechnique(recipe, technique, values)).toBe(recipe);
  });

  it("has a mechanism that trains to the same bits at its off values", async () => {
    // Not applyTechnique, which would not let the mechanism in.
    expect(await train(technique.apply(recipe, values))).toEqual(await train(recipe));
  });
}

/** Declares the tests of one technique. */
export function describeTechnique(technique: Technique, contract: TechniqueContract = {}): void {
  const { id, title } = technique;
  const { model = "perceptron", refuses = {}, epochs = 3, after = "none" } = contract;
  const { training: base, ...rest } = applyArm(recipes[model], parseArm(after));
  const recipe: Recipe = { ...rest, training: { ...base, epochs } };
  describe(`technique ${id}, as every technique,`, () => {
    it("has an id that the command line can write, and all that explains it", () => {
      expect(id).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(parseArm(id).techniques[0].id).toBe(id);
      const { what, formula, cost, helps, fails, reference } = technique;
      for (const text of [what, formula, cost, helps, fails, reference]) {
        expect(text).not.toBe("");
        expect(text).toMatch(/^[\x20-\x7Eäöü]+$/);
      }
    });

    it("has defaults, search ranges and off values inside its own ranges", () => {
      for (const [name, parameter] of parametersOf(technique)) {
        const ends = "search" in parameter ? (parameter.search ?? []) : [];
        const off = "off" in parameter && parameter.off !== undefined ? [parameter.off] : [];
        for (const value of [parameter.default, ...ends, ...off]) {
          expect(() => applyTechnique(recipe, technique, { [name]: value })).not.toThrow();
        }
      }
    });

    describeOff(technique, recipe);

    it("makes a recipe of plain data that survives JSON, and changes nothing in place", () => {
      const before = structuredClone(recipe);
      const changed = applyTechnique(recipe, technique);
      expect(JSON.parse(JSON.stringify(changed))).toEqual(changed);
      expect(recipe).toEqual(before);
      expect(changed).not.toEqual(id === "none" ? undefined : recipe);
    });

    it("gives the same recipe after its arm went through JSON", () => {
      const arm = parseArm(id);
      const copy = JSON.parse(JSON.stringify(arm)) as typeof arm;
      expect(applyArm(recipe, copy)).toEqual(applyArm(recipe, arm));
    });

    it("trains with dropout and l2, to finite scores and the same bits for the same seed", async () => {
      const others = ["dropout=0.3", "l2=1e-3"].filter((other) => !other.startsWith(`${id}=`));
      const changed = applyArm(recipe, parseArm([id, ...others].join("+")));
      const result = await train(changed);
      expect(result.failure).toBeUndefined();
      expect(Number.isFinite(result.final?.test.loss)).toBe(true);
      expect(await train(changed)).toEqual(result);
    });

    it("refuses each bad value with a sentence that names itself and the parameter", () => {
      for (const [name, parameter] of parametersOf(technique)) {
        for (const [value, words] of badValues(parameter)) {
          const act = (): unknown => applyTechnique(recipe, technique, { [name]: value });
          expect(act).toThrow(
            words === "Unknown" ? `${title}: Unknown ${name}` : `${title}: ${name} ${words}`,
          );
        }
      }
    });

    it("refuses a parameter that it does not have", () => {
      expect(() => applyTechnique(recipe, technique, { noSuch: 1 })).toThrow(
        `${title}: Unknown parameter "noSuch"`,
      );
    });

    it.each(Object.entries(refuses))("refuses a %s", (name, sentence) => {
      expect(() => applyTechnique(recipes[name as ModelName], technique)).toThrow(sentence);
    });
  });
}
