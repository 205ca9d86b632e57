/** @file What techniques make of recipes, alone and together. */
import { describe, expect, it } from "vitest";
import { recipes, train } from "../../test/contract/describeTechnique.js";
import { adamW, groupLasso, l1, type LayerSpec } from "../nn/index.js";
import { applyArm, parseArm } from "./arm.js";
import type { Recipe } from "./recipe.js";

const { perceptron, convnet, residual } = recipes;
const apply = (recipe: Recipe, arm: string): Recipe => applyArm(recipe, parseArm(arm));
const kindsOf = ({ model }: Recipe): readonly string[] => model.layers.map(({ kind }) => kind);
const namesOf = ({ model }: Recipe): readonly unknown[] => model.layers.map(({ name }) => name);
const withFirst = (recipe: Recipe, change: Omit<LayerSpec, "kind">): Recipe => {
  const [first, ...rest] = recipe.model.layers;
  return { ...recipe, model: { layers: [{ ...first, ...change }, ...rest] } };
};

describe("penalties", () => {
  it("lie on all kernels, the output layer's too", () => {
    const { layers } = apply(convnet, "l2=1e-3").model;
    const strengths = layers.map(({ kernelRegularizer }) => kernelRegularizer);
    const l2 = { kind: "l2", strength: 1e-3 };
    expect(strengths).toEqual([l2, undefined, l2, l2]);
  });

  it("add up on one kernel, in either order: l1 and l2 are an elastic net", () => {
    const together = apply(perceptron, "elasticNet(l1=0.001,l2=0.01)");
    expect(apply(perceptron, "l1=0.001+l2=0.01")).toEqual(together);
    expect(apply(perceptron, "l2=0.01+l1=0.001")).toEqual(together);
    const more = apply(perceptron, "elasticNet(l1=0.001,l2=0.01)+l2=0.25").model.layers[0];
    expect(more.kernelRegularizer).toMatchObject({ kind: "elasticNet", l1: 0.001, l2: 0.26 });
  });

  it("are refused beside one that they cannot be added to", () => {
    const grouped = withFirst(perceptron, { kernelRegularizer: groupLasso({ strength: 1 }) });
    expect(() => apply(grouped, "l2=1")).toThrow(
      "L2: a kernel's penalty must be l1, l2 or elasticNet to be added to; got groupLasso on dense_1. " +
        "Take it out of the recipe.",
    );
    const subgradient = l1({ strength: 1, method: "subgradient" });
    expect(() => apply(withFirst(perceptron, { kernelRegularizer: subgradient }), "l1=1")).toThrow(
      "L1: the method must be that of the penalty it is added to, subgradient; got proximal.",
    );
  });
});

describe("maxNorm", () => {
  it("takes the norm of what comes into a unit, of a filter over height, width and channels", () => {
    const [conv, , hidden, output] = apply(convnet, "maxNorm=3").model.layers;
    expect(conv.kernelConstraint).toMatchObject({ maxValue: 3, axis: [0, 1, 2] });
    expect(hidden.kernelConstraint).toMatchObject({ maxValue: 3, axis: 0 });
    expect(output.kernelConstraint).toBeUndefined();
  });
});

describe("techniques that change layers", () => {
  it("normalize before the activation and drop behind it, in either order", () => {
    const kinds = ["dense", "batchNormalization", "activation", "dropout"];
    const expected = [...kinds, ...kinds, "dense"];
    expect(kindsOf(apply(perceptron, "batchNorm+dropout=0.5"))).toEqual(expected);
    expect(kindsOf(apply(perceptron, "dropout=0.5+batchNorm"))).toEqual(expected);
  });

  it("refuse a second normalization", () => {
    expect(() => apply(perceptron, "batchNorm+layerNorm")).toThrow(
      "LayerNorm: hidden layers must not be normalized yet; got a normalization behind layer 1 (dense). " +
        "Keep one of the two.",
    );
  });

  it("keep the names of layers, which decide their initial weights", () => {
    for (const arm of ["dropConnect=0.5", "fewerParameters=0.5"]) {
      expect(namesOf(apply(perceptron, arm))).toEqual(["dense_1", "dense_2", "dense_3"]);
    }
    expect(kindsOf(apply(perceptron, "dropConnect=0.5"))).toEqual([
      "dropConnect",
      "dropConnect",
      "dense",
    ]);
  });

  it("are not passed by where a layer is named as an input", () => {
    const { layers } = apply(residual, "dropout=0.5").model;
    expect(layers.find(({ kind }) => kind === "add")?.inputs).toEqual(["dropout_1", "dropout_2"]);
  });

  it("narrow hidden layers alone, and say so if there is nothing to narrow", () => {
    const narrow = apply(convnet, "fewerParameters=0.5").model.layers;
    expect(narrow.map(({ filters, units }) => filters ?? units)).toEqual([2, undefined, 2, 2]);
    expect(() => apply(perceptron, "fewerParameters=0.99")).toThrow(
      "FewerParameters: factor must narrow a hidden layer; got 0.99 for widths 6, 4. Use a smaller factor.",
    );
  });

  it("drop the branch of a residual sum, more in later blocks", () => {
    const two: Recipe = {
      ...residual,
      model: {
        layers: [
          ...residual.model.layers.slice(0, 3),
          { ...residual.model.layers[1], name: "second" },
          { kind: "add", inputs: ["second", "add_1"] },
          residual.model.layers[3],
        ],
      },
    };
    const { layers } = apply(two, "stochasticDepth=0.4").model;
    const gates = layers.filter(({ kind }) => kind === "stochasticDepth");
    expect(gates.map(({ rate, inputs }) => [rate, inputs])).toEqual([
      [0.2, ["branch"]],
      [0.4, ["second"]],
    ]);
    expect(layers.flatMap(({ kind, inputs }) => (kind === "add" ? [inputs] : []))).toEqual([
      ["stem", "stochasticDepth_1"],
      ["stochasticDepth_2", "add_1"],
    ]);
  });
});

describe("techniques that change the training", () => {
  it("refuse what the recipe's optimizer has already", () => {
    const optimizer = adamW({ weightDecay: 0.01 });
    const decaying = { ...perceptron, training: { ...perceptron.training, optimizer } };
    expect(() => apply(decaying, "weightDecay=0.1")).toThrow(
      "WeightDecay: the recipe's optimizer must not have weightDecay yet; got 0.01 in adamW. " +
        "Take it out of the recipe, or set it there alone.",
    );
    const clipping = apply(perceptron, "gradientClipping(limit=2,by=value)");
    expect(clipping.training.optimizer).toMatchObject({ clipValue: 2 });
    expect(() => apply(clipping, "gradientClipping=1")).toThrow("must not have clipValue yet");
  });

  it("refuse a loss without labels to smooth", () => {
    const loss = "meanSquaredError";
    const recipe: Recipe = { ...perceptron, training: { ...perceptron.training, loss } };
    expect(() => apply(recipe, "labelSmoothing=0.1")).toThrow(
      "LabelSmoothing: the loss must be categoricalCrossEntropy or binaryCrossEntropy; got meanSquaredError. " +
        "Other losses have no labels to smooth.",
    );
  });

  it("begin SWA behind the share of epochs that is asked for", () => {
    const twenty = { ...perceptron, training: { ...perceptron.training, epochs: 20 } };
    expect(apply(twenty, "swa=0.75").training.averaging).toMatchObject({ startEpoch: 16 });
  });

  it("refuse two averages, and SWA that early stopping could end before it begins", () => {
    expect(() => apply(perceptron, "ema+swa")).toThrow(
      "SWA: the recipe must have no averaging yet",
    );
    expect(() => apply(perceptron, "swa+earlyStopping")).toThrow(
      "EarlyStopping: the recipe must have no averaging yet",
    );
    expect(() => apply(perceptron, "earlyStopping+swa")).toThrow(
      "SWA: the recipe must have no earlyStopping yet",
    );
  });

  it("augment in the order written", () => {
    const { augmentation } = apply(convnet, "augmentation(shift=0.1,flip=0.5)+mixup").training;
    expect(augmentation?.map(({ kind }) => kind)).toEqual(["flip", "shift", "mixup"]);
  });
});

describe("earlyStopping", () => {
  it("tests the weights of its best epoch: those of a training that ends there", async () => {
    const optimizer = { ...perceptron.training.optimizer, learningRate: 0.1 };
    const long = { ...perceptron, training: { ...perceptron.training, optimizer, epochs: 30 } };
    const stopped = await train(apply(long, "earlyStopping=3"));
    expect(stopped.epochs.length).toBeLessThan(30);
    expect(stopped.restoredEpoch).toBe(stopped.bestEpoch);
    expect(stopped.bestEpoch).toBe(stopped.epochs.length - 3);
    const training = { ...long.training, epochs: stopped.bestEpoch };
    const short = await train({ ...long, training });
    expect(short.final?.test).toEqual(stopped.final?.test);
    expect(short.restoredEpoch).toBeUndefined();
  });
});
