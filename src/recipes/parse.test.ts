/** @file What a recipe file's text means, and the sentence for each mistake in it. */
import { describe, expect, it } from "vitest";
import { dense, l2 } from "../nn/index.js";
import { referenceRecipe, type Recipe } from "../techniques/index.js";
import { checkRecipe, parseRecipe } from "./parse.js";

const SMALL = `data: { name: digits }
model:
  layers:
    - { kind: dense, units: 10, activation: softmax }
training:
  optimizer: { kind: adam }
  loss: categoricalCrossEntropy
  epochs: 2
  batchSize: 50
`;

/** The small recipe with one piece of its text replaced. */
const changed = (from: string, to: string): string => SMALL.replace(from, to);

/** What parsing refuses it with. */
function refusal(text: string): string {
  try {
    parseRecipe(text, { name: "r.yaml" });
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
}

describe("parseRecipe", () => {
  it("fills in the defaults of components, and leaves the rest as it is", () => {
    const { recipe, ...rest } = parseRecipe(SMALL);
    expect(recipe.model.layers).toEqual([dense({ units: 10, activation: "softmax" })]);
    expect(recipe.training.optimizer).toMatchObject({ learningRate: 1e-3, beta1: 0.9 });
    expect(recipe.split).toEqual({ seed: 42 });
    expect(recipe.data).toEqual({ name: "digits" });
    expect(rest).toEqual({});
  });

  it("reads arms, sweeps among them, and seeds", () => {
    const { arms, seeds } = parseRecipe(`${SMALL}arms: [none, l2=1e-6..1e-1:7]\nseeds: 3\n`);
    expect(arms).toEqual(["none", "l2=1e-6..1e-1:7"]);
    expect(seeds).toBe(3);
  });

  it("reads JSON, indented by tabs too, with the address of its schema", () => {
    const { recipe } = parseRecipe(SMALL);
    const text = JSON.stringify({ $schema: "https://example.org/s.json", ...recipe }, null, "\t");
    expect(parseRecipe(text)).toEqual({ recipe });
  });

  it("reads anchors and their aliases", () => {
    const text = changed(
      "    - { kind: dense, units: 10, activation: softmax }",
      "    - &hidden { kind: dense, units: 7 }\n    - *hidden",
    );
    expect(parseRecipe(text).recipe.model.layers).toEqual(Array(2).fill(dense({ units: 7 })));
  });

  const layer = "{ kind: dense, units: 10, activation: softmax }";
  const sentences: readonly (readonly [what: string, text: string, sentence: string])[] = [
    [
      "a learning rate of -1",
      changed("{ kind: adam }", "\n    kind: adam\n    learningRate: -1"),
      "r.yaml:8: training.optimizer.learningRate must be a number greater than 0; got -1.",
    ],
    [
      "a misspelled parameter",
      changed("{ kind: adam }", "{ kind: adam, learnigRate: 1 }"),
      'r.yaml:6: training.optimizer: Unknown parameter "learnigRate"; did you mean "learningRate"? Known: kind, ',
    ],
    [
      "a misspelled layer",
      changed(layer, "{ kind: dens, units: 10 }"),
      'r.yaml:4: model.layers[0].kind: Unknown layer "dens"; did you mean "dense"? Known: ',
    ],
    [
      "a misspelled loss",
      changed("categoricalCrossEntropy", "categoricalCrosEntropy"),
      'r.yaml:7: training.loss: Unknown loss "categoricalCrosEntropy"; did you mean "categoricalCrossEntropy"? Known: ',
    ],
    [
      "a misspelled key",
      changed("training:", "trainig:"),
      'r.yaml:5: Unknown key "trainig"; did you mean "training"? Known: data, split, preprocessing, model, training, ensemble, predictionSamples, arms, seeds.',
    ],
    [
      "another data set's option",
      changed("{ name: digits }", "{ name: mnist, labelNoise: 0.1 }"),
      'r.yaml:1: data: Unknown key "labelNoise"; Known: name, trainRows.',
    ],
    [
      "a layer without its kind",
      changed(layer, "{ units: 10 }"),
      "r.yaml:4: model.layers[0].kind must be a name; got nothing. Known: ",
    ],
    [
      "a key without a value",
      changed("{ kind: adam }", ""),
      "r.yaml:6: training.optimizer must be an optimizer such as { kind: adagrad }; got nothing. Known: ",
    ],
    [
      "a penalty by its name alone",
      changed(layer, "{ kind: dense, units: 10, kernelRegularizer: l2 }"),
      'r.yaml:4: model.layers[0].kernelRegularizer must be a regularizer such as { kind: elasticNet }; got "l2". Known: ',
    ],
    [
      "a penalty's strength out of range",
      changed(layer, "{ kind: dense, units: 10, kernelRegularizer: { kind: l2, strength: -1 } }"),
      "r.yaml:4: model.layers[0].kernelRegularizer.strength must be a number of at least 0; got -1. " +
        "Use strength 0 to switch it off.",
    ],
    [
      "values that exclude each other",
      changed("{ kind: adam }", "{ kind: adam, clipNorm: 1, clipValue: 1 }"),
      "r.yaml:6: training.optimizer: Adam: at most one of clipValue, clipNorm and globalClipNorm must be given; ",
    ],
    [
      "an axis of the rows",
      changed(layer, "{ kind: layerNormalization, axis: 0 }"),
      "r.yaml:4: model.layers[0]: LayerNormalization: axis must be a whole number, from 1 on or from -1 down",
    ],
    [
      "a number as text",
      changed("epochs: 2", 'epochs: "2"'),
      'r.yaml:8: training.epochs must be a whole number of at least 1; got "2".',
    ],
    [
      "no share of validation rows",
      `${SMALL}split: { validation: 1.5 }`,
      "r.yaml:10: split.validation must be a share in (0, 1), or a whole number of rows; got 1.5.",
    ],
    [
      "an unknown preprocessing",
      `${SMALL}preprocessing: standardise`,
      'r.yaml:10: preprocessing: Unknown preprocessing "standardise"; did you mean "standardize"? Known: scale, standardize.',
    ],
    [
      "an arm out of range",
      `${SMALL}arms:\n  - none\n  - dropout=2\n`,
      "r.yaml:12: arms[1]: Dropout: rate must be a number in [0, 1); got 2. Use rate 0 to switch it off.",
    ],
    [
      "a sweep that is none",
      `${SMALL}arms: [none, "l2=1..1:3"]\n`,
      "r.yaml:10: arms[1]: Sweep: the ends of a range must differ; got 1 twice.",
    ],
    [
      "layers that do not fit together",
      changed(layer, "{ kind: dense, units: 10, inputs: [dense_2] }"),
      'r.yaml:4: model.layers[0].inputs: dense_1: inputs must name layers before it; Unknown layer "dense_2"',
    ],
    [
      "a layer that none takes",
      changed(layer, `${layer}\n    - { kind: dense, units: 10, inputs: [input] }`),
      "r.yaml:4: model.layers[0]: dense_1: its output must be used by a later layer; it is not.",
    ],
    [
      "a name that is given twice",
      changed(
        layer,
        `{ kind: dense, units: 10, name: a }\n    - kind: dense\n      units: 10\n      name: a`,
      ),
      'r.yaml:7: model.layers[1].name: Layer: each name must be given once; got "a" twice. Rename one.',
    ],
    [
      "an average that never begins",
      changed("epochs: 2", "epochs: 2\n  averaging:\n    kind: swa\n    startEpoch: 5"),
      "r.yaml:11: training.averaging.startEpoch: SWA: startEpoch must be at most the number of epochs (2); got 5.",
    ],
    ["no recipe at all", "", "r.yaml: the recipe must be a mapping with data, split, "],
    [
      "a text",
      "hello",
      'r.yaml: the recipe must be a mapping with data, split, preprocessing, model, training, ensemble, predictionSamples, arms, seeds; got "hello".',
    ],
    [
      "a key twice",
      `${SMALL}data: { name: mnist }\n`,
      "r.yaml:10: the text must be YAML or JSON; got an error: Map keys must be unique.",
    ],
    ["an open bracket", "data: [", "r.yaml:1: the text must be YAML or JSON; got an error: "],
    [
      "a tag",
      "data: !!js/function x",
      "r.yaml:1: the text must be YAML or JSON; got an error: Unresolved tag",
    ],
    [
      "two documents",
      `${SMALL}---\n${SMALL}`,
      "r.yaml:10: the text must be YAML or JSON; got an error: ",
    ],
    ["a prototype", `${SMALL}__proto__: { x: 1 }`, 'r.yaml:10: Unknown key "__proto__"; Known: '],
  ];
  it.each(sentences)("refuses %s in one sentence, with its line", (_, text, sentence) => {
    const message = refusal(text);
    expect(message.slice(0, sentence.length)).toBe(sentence);
    expect(message).not.toContain("\n");
  });

  it("says every mistake, in the order of the file", () => {
    const text = changed("epochs: 2", "epochs: 0").replace("units: 10", "units: 0") + "dta: 1\n";
    expect(refusal(text).split("\n")).toEqual([
      "r.yaml:4: model.layers[0].units must be a whole number of at least 1; got 0.",
      "r.yaml:8: training.epochs must be a whole number of at least 1; got 0.",
      expect.stringContaining('r.yaml:10: Unknown key "dta"; did you mean "data"?'),
    ]);
  });

  it("refuses aliases of aliases that would fill the memory", () => {
    const levels = Array.from({ length: 30 }, (_, i) =>
      i === 0 ? "a0: &a0 [x, x]" : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`,
    );
    expect(refusal(levels.join("\n"))).toMatch(/^r\.yaml: the text must hold few aliases; got: /);
  });
});

describe("checkRecipe", () => {
  it("gives the recipe itself, with what was left out of its components", () => {
    expect(checkRecipe("compare", referenceRecipe)).toEqual(referenceRecipe);
  });

  it("refuses what a file could not hold, too: functions", () => {
    const [first, ...rest] = referenceRecipe.model.layers;
    const recipe: Recipe = {
      ...referenceRecipe,
      model: { layers: [{ ...first, kernelRegularizer: (w) => w }, ...rest] },
    };
    expect(() => checkRecipe("compare", recipe)).toThrow(
      "compare: recipe.model.layers[0].kernelRegularizer must be a regularizer such as { kind: elasticNet }; got a function. Known: ",
    );
  });

  it("names the recipe's keys", () => {
    const training = { ...referenceRecipe.training, epochs: 0.5 };
    const layers = [dense({ units: 3, kernelRegularizer: l2({ strength: 1 }) })];
    expect(() =>
      checkRecipe("compare", { ...referenceRecipe, model: { layers }, training }),
    ).toThrow(
      /^compare: recipe\.training\.epochs must be a whole number of at least 1; got 0\.5\.$/,
    );
  });
});
