/** @file Each technique keeps the contract; the models that it does not apply to are named with it. */
import { describe, expect, it } from "vitest";
import {
  describeTechnique,
  type TechniqueContract,
} from "../../test/contract/describeTechnique.js";
import { techniques } from "./list.js";

const noConvolution =
  "SpatialDropout: the model must have a convolution layer before its output layer; got dense, dense, dense. " +
  "Leave the technique out, or add such a layer.";
const noBranch =
  "StochasticDepth: the model must have residual branches, which end in add(); it has none. " +
  "Use a residual model, or another technique.";

/** Those that a perceptron is not the model for. */
const contracts: Readonly<Record<string, TechniqueContract>> = {
  spatialDropout: { model: "convnet", refuses: { perceptron: noConvolution } },
  stochasticDepth: { model: "residual", refuses: { perceptron: noBranch, convnet: noBranch } },
  maxNorm: { model: "convnet" },
  batchNorm: { model: "convnet" },
  fewerParameters: { model: "convnet" },
  snapshotEnsemble: { epochs: 10 },
  mcDropout: {
    after: "gaussianNoise=0.1",
    refuses: {
      perceptron:
        "McDropout: the model must have a layer with noise, such as dropout; it has none. " +
        'Put the noise before it: "dropout=0.5+mcDropout".',
    },
  },
};

for (const technique of techniques) describeTechnique(technique, contracts[technique.id]);

describe("the list of techniques", () => {
  it("has no id and no title twice", () => {
    for (const key of ["id", "title"] as const) {
      expect(new Set(techniques.map((each) => each[key])).size).toBe(techniques.length);
    }
  });
});
