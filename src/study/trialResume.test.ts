/** @file A trial cut off after any epoch and resumed from its checkpoint ends with the same bits. */
import { describe, expect, it } from "vitest";
import { data, recipes } from "../../test/contract/describeTechnique.js";
import { adam, decodeCheckpoint, decodeSafetensors } from "../nn/index.js";
import { applyArm, parseArm, type TrainingChoice } from "../techniques/index.js";
import type { TrialMessage } from "./events.js";
import { runTrial } from "./trial.js";
import type { TrialOutcome } from "./trialParts.js";

const clock = (): number => 0;

/** A clock that strikes a second at each look, so that every epoch may report a checkpoint. */
function fastClock(): () => number {
  let now = 0;
  return () => (now += 1000);
}

const specOf = (arm: string, change: Partial<TrainingChoice> = {}) => {
  const { training: base, ...rest } = recipes.perceptron;
  const long = { ...rest, training: { ...base, epochs: 6 } };
  const recipe = applyArm(long, parseArm(arm));
  const training = { ...recipe.training, ...change };
  return { index: 0, arm, seed: 3, recipe: { ...recipe, training } };
};

async function train(arm: string, resume?: Uint8Array) {
  const checkpoints: Uint8Array[] = [];
  const onMessage = (message: TrialMessage): void => {
    if (message.kind === "checkpoint") checkpoints.push(message.bytes);
  };
  const hooks = { clock: fastClock(), onMessage, checkpoints: true, ...(resume && { resume }) };
  return { outcome: await runTrial(specOf(arm), data, hooks), checkpoints };
}

/** Everything but times. */
const numbers = ({ result, artifacts }: TrialOutcome): unknown => ({
  result: JSON.parse(
    JSON.stringify(result, (key, value: unknown) => (key === "seconds" ? undefined : value)),
  ) as unknown,
  artifacts,
});

describe("a resumed trial", () => {
  const arms = [
    "none",
    "dropout=0.5+l1=1e-3",
    "earlyStopping(patience=1)",
    "batchNorm+ema",
    "swa",
    "sam+mixup",
    "ensemble=3",
    "ensemble=2+earlyStopping(patience=1)",
    "snapshotEnsemble=3",
    "gaussianNoise=0.1+mcDropout=5",
  ];
  it.each(arms)(
    "%s ends with the bits of an uninterrupted one, after whichever epoch",
    async (arm) => {
      const whole = await train(arm);
      expect(whole.checkpoints.length).toBeGreaterThan(0);
      for (const checkpoint of whole.checkpoints) {
        const resumed = await train(arm, checkpoint);
        expect(numbers(resumed.outcome)).toEqual(numbers(whole.outcome));
      }
    },
  );

  it("keeps the weights of the epoch with the lowest validation loss", async () => {
    // A learning rate at which the validation loss turns up early.
    const optimizer = adam({ learningRate: 0.3 });
    const { result, artifacts } = await runTrial(specOf("none", { optimizer }), data, { clock });
    expect(result.bestEpoch).toBeLessThan(6);
    const upToBest = specOf("none", { optimizer, epochs: result.bestEpoch });
    const shorter = await runTrial(upToBest, data, { clock });
    expect(artifacts?.weights).toEqual(shorter.artifacts?.weights);
    const { tensors } = decodeSafetensors("weights", artifacts?.weights ?? new Uint8Array());
    expect(tensors.map(({ name }) => name)).toContain("dense_1/kernel");
  });

  it("counts the time of the epochs before", async () => {
    const { checkpoints, outcome } = await train("none");
    const { epochs } = decodeCheckpoint("checkpoint", checkpoints[2]);
    const before = epochs.reduce((sum, { seconds }) => sum + seconds, 0);
    const resumed = await train("none", checkpoints[2]);
    expect(resumed.outcome.result.seconds).toBeGreaterThan(before);
    expect(resumed.outcome.result.seconds).toBeLessThan(outcome.result.seconds + before);
  });

  it("reports a checkpoint after each epoch, but at most one a second", async () => {
    expect((await train("none")).checkpoints).toHaveLength(6);
    const messages: string[] = [];
    const onMessage = ({ kind }: TrialMessage): number => messages.push(kind);
    await runTrial(specOf("none"), data, { clock, onMessage, checkpoints: true });
    expect(messages).not.toContain("checkpoint");
  });
});
