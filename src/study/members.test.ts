/** @file Ensembles in trials: who their members are, and what their scores are of. */
import { describe, expect, it } from "vitest";
import { data, recipes } from "../../test/contract/describeTechnique.js";
import { decodeSafetensors } from "../nn/index.js";
import { applyArm, parseArm } from "../techniques/index.js";
import type { TrialMessage } from "./events.js";
import { memberSeed } from "./members.js";
import { runTrial } from "./trial.js";

async function train(arm: string, seed = 1) {
  const messages: TrialMessage[] = [];
  const spec = { index: 0, arm, seed, recipe: applyArm(recipes.perceptron, parseArm(arm)) };
  const onMessage = (message: TrialMessage): number => messages.push(message);
  const outcome = await runTrial(spec, data, { clock: () => 0, onMessage });
  const predictions = outcome.artifacts?.predictions ?? new Float32Array();
  return { ...outcome, predictions, messages };
}

/** `-mean log p_label`, by its formula. */
const crossEntropy = (probabilities: Float32Array): number =>
  data.test.labels.reduce((sum, label, row) => sum - Math.log(probabilities[2 * row + label]), 0) /
  data.test.rows;

describe("memberSeed", () => {
  it("is the trial's own for the first member, and no other trial's for the others", () => {
    expect(memberSeed(7, 0)).toBe(7);
    const seeds = [1, 2, 3, 4, 5].flatMap((seed) =>
      [0, 1, 2, 3, 4].map((member) => memberSeed(seed, member)),
    );
    expect(new Set(seeds).size).toBe(25);
  });
});

describe("a trial of an ensemble", () => {
  it("averages the probabilities of its members, the first of which is the baseline's network", async () => {
    const [alone, pair] = [await train("none"), await train("ensemble=2")];
    const second = await train("none", memberSeed(1, 1));
    const mean = alone.predictions.map((p, i) => (p + second.predictions[i]) / 2);
    pair.predictions.forEach((p, i) => expect(p).toBeCloseTo(mean[i], 6));
    expect(pair.result.epochs).toEqual(alone.result.epochs);
    expect(pair.result.final?.test.loss).toBeCloseTo(crossEntropy(mean), 5);
    // Jensen: the loss of the mean is never above the mean loss.
    const losses = [alone, second].map(({ result }) => result.final?.test.loss ?? NaN);
    expect(pair.result.final?.test.loss).toBeLessThanOrEqual((losses[0] + losses[1]) / 2);
  });

  it("counts the weights of all members, and keeps them by name", async () => {
    const { result, artifacts } = await train("ensemble=2");
    const { result: one } = await train("none");
    const count = (trial: typeof one) => trial.diagnostics?.weights.weights;
    expect(count(result)).toBe(2 * (count(one) ?? NaN));
    const { tensors } = decodeSafetensors("weights", artifacts?.weights ?? new Uint8Array());
    expect(tensors.map(({ name }) => name)).toContain("member_2/dense_1/kernel");
  });

  it("reports its progress over the epochs of all members", async () => {
    const { messages } = await train("ensemble=2");
    const progress = messages.flatMap((each) => (each.kind === "progress" ? [each.epoch] : []));
    expect([...new Set(progress)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(messages.filter(({ kind }) => kind === "epoch")).toHaveLength(3);
  });

  it("says which member failed", async () => {
    const optimizer = { ...recipes.perceptron.training.optimizer, learningRate: 1e30 };
    const recipe = applyArm(recipes.perceptron, parseArm("ensemble=3"));
    const training = { ...recipe.training, optimizer };
    const spec = { index: 0, arm: "a", seed: 1, recipe: { ...recipe, training } };
    const { result, artifacts } = await runTrial(spec, data, { clock: () => 0 });
    expect(result.failure?.message).toMatch(/^Member 1 of 3: /);
    expect(artifacts).toBeUndefined();
  });
});

describe("a trial of a snapshot ensemble", () => {
  it("has a member for the end of each cycle, in one training", async () => {
    const { result, artifacts } = await train("snapshotEnsemble=3");
    expect(result.epochs).toHaveLength(3);
    const { tensors } = decodeSafetensors("weights", artifacts?.weights ?? new Uint8Array());
    const kernels = tensors.filter(({ name }) => name.endsWith("dense_1/kernel"));
    expect(kernels.map(({ name }) => name.split("/")[0])).toEqual([
      "member_1",
      "member_2",
      "member_3",
    ]);
    expect(kernels[0].values).not.toEqual(kernels[2].values);
  });
});

describe("a trial with noise in its predictions", () => {
  it("trains as without, and predicts the mean of several passes", async () => {
    const [plain, sampled] = [
      await train("gaussianNoise=0.5"),
      await train("gaussianNoise=0.5+mcDropout=20"),
    ];
    expect(sampled.result.epochs).toEqual(plain.result.epochs);
    expect(sampled.artifacts?.weights).toEqual(plain.artifacts?.weights);
    expect(sampled.predictions).not.toEqual(plain.predictions);
    expect(sampled.result.final?.test.loss).toBeCloseTo(crossEntropy(sampled.predictions), 5);
    expect(sampled.result.final?.validation).not.toEqual(plain.result.final?.validation);
  });
});
