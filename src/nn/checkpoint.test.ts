/** @file A training that is interrupted and goes on equals the uninterrupted one in every bit. */
import { describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { createEngine } from "../runtime/index.js";
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from "./checkpoint.js";
import {
  adam,
  batchNormalization,
  cosineDecayRestarts,
  dense,
  dropout,
  earlyStopping,
  ema,
  exponentialDecay,
  l1,
  maxNorm,
  mixup,
  reduceOnPlateau,
  saveCheckpoints,
  sequential,
  sgd,
  swa,
  type Callback,
  type LayerSpec,
  type OptimizerSpec,
  type Spec,
} from "./index.js";
import { encodeSafetensors } from "./formats/safetensors.js";
import { optimizers } from "./optimizers/list.js";

const train = toyData(70, 1);
const validation = toyData(30, 2);
const EPOCHS = 6;
const decaying = exponentialDecay({
  initialLearningRate: 0.02,
  decaySteps: 7,
  decayRate: 0.9,
});

interface Setting {
  readonly name: string;
  readonly optimizer?: OptimizerSpec;
  readonly layers?: readonly LayerSpec[];
  readonly callbacks?: readonly Callback[];
  readonly averaging?: Spec;
  readonly augmentation?: readonly Spec[];
}

const settings: readonly Setting[] = [
  ...optimizers.map(({ kind }) => ({ name: `the optimizer ${kind}`, optimizer: { kind } })),
  { name: "momentum", optimizer: sgd({ momentum: 0.9, nesterov: true }) },
  { name: "a schedule", optimizer: adam({ learningRate: decaying }) },
  { name: "weight decay and clipping", optimizer: adam({ weightDecay: 0.01, globalClipNorm: 1 }) },
  {
    name: "proximal steps and a constraint",
    layers: [dense({ units: 8, kernelRegularizer: l1(), kernelConstraint: maxNorm() })],
  },
  { name: "batch normalization", layers: [dense({ units: 8 }), batchNormalization()] },
  { name: "gradient accumulation", optimizer: adam({ gradientAccumulationSteps: 3 }) },
  { name: "sharpness-aware steps", optimizer: sgd({ sharpnessRadius: 0.05 }) },
  {
    name: "a moving average of weights and a schedule with restarts",
    optimizer: adam({
      learningRate: cosineDecayRestarts({ initialLearningRate: 0.02, firstDecaySteps: 7 }),
    }),
    averaging: ema({ momentum: 0.9 }),
  },
  {
    name: "stochastic weight averaging with batch normalization",
    layers: [dense({ units: 8 }), batchNormalization()],
    averaging: swa({ startEpoch: 2 }),
  },
  { name: "mixup", augmentation: [mixup({ alpha: 0.4 })] },
  { name: "a plateau", callbacks: [reduceOnPlateau({ patience: 1, minDelta: 0.1 })] },
  { name: "early stopping", callbacks: [earlyStopping({ patience: 2, minDelta: 0.1 })] },
];

function run(setting: Setting, options: { epochs: number; resume?: Checkpoint }) {
  const { optimizer = adam(), layers = [dense({ units: 8, activation: "relu" })] } = setting;
  const { averaging, augmentation } = setting;
  const checkpoints: Checkpoint[] = [];
  const model = sequential([
    ...layers,
    dropout({ rate: 0.3 }),
    dense({ units: 3, activation: "softmax" }),
  ]);
  const history = model.fit(train, {
    optimizer,
    loss: "categoricalCrossEntropy",
    batchSize: 16,
    validation,
    seed: 5,
    ...(averaging && { averaging }),
    ...(augmentation && { augmentation }),
    callbacks: [
      saveCheckpoints({ save: (checkpoint) => void checkpoints.push(checkpoint) }),
      ...(setting.callbacks ?? []),
    ],
    ...options,
  });
  return history.then((result) => ({ result, weights: model.weights(), checkpoints }));
}

/** As if the program had ended in between: only the file's bytes go over. */
const throughFile = (checkpoint: Checkpoint | undefined): Checkpoint => {
  if (!checkpoint) throw new Error("no checkpoint was saved");
  return decodeCheckpoint("file", encodeCheckpoint(checkpoint));
};

describe("a resumed training", () => {
  it.each(settings)("equals the uninterrupted one bit for bit: $name", async (setting) => {
    const whole = await run(setting, { epochs: EPOCHS });
    // The first and one in the middle: as if the program had ended right after saving it.
    for (const place of [0, Math.min(3, whole.checkpoints.length - 1)]) {
      const resume = throughFile(whole.checkpoints[place]);
      const second = await run(setting, { epochs: EPOCHS, resume });
      expect(second.weights).toEqual(whole.weights);
      expect(second.result).toEqual(whole.result);
      expect(second.checkpoints).toEqual(whole.checkpoints.slice(place + 1));
    }
  });

  it("has nothing left to do if the checkpoint is of its last epoch", async () => {
    const whole = await run({ name: "" }, { epochs: 2 });
    const again = await run(
      { name: "" },
      { epochs: 2, resume: throughFile(whole.checkpoints.at(-1)) },
    );
    expect(again.result).toEqual(whole.result);
    expect(again.weights).toEqual(whole.weights);
    expect(again.checkpoints).toEqual([]);
  });

  it("goes on from a model that was built and trained otherwise", async () => {
    const { checkpoints, weights } = await run({ name: "" }, { epochs: 2 });
    const model = sequential([
      dense({ units: 8, activation: "relu" }),
      dropout({ rate: 0.3 }),
      dense({ units: 3, activation: "softmax" }),
    ]);
    model.build({ inputShape: [2], seed: 99 });
    const engine = await createEngine();
    await model.fit(train, {
      optimizer: adam(),
      loss: "categoricalCrossEntropy",
      batchSize: 16,
      epochs: 2,
      seed: 5,
      engine,
      resume: throughFile(checkpoints.at(-1)),
    });
    expect(model.weights()).toEqual(weights);
  });

  it.each<[string, Setting, string]>([
    ["optimizer", { name: "", optimizer: sgd() }, "fit: optimizer must be as in the training"],
    [
      "layers",
      { name: "", layers: [dense({ units: 9 })] },
      "fit: layers must be as in the training that the checkpoint is of",
    ],
    [
      "callbacks",
      { name: "", callbacks: [earlyStopping()] },
      "fit: the checkpoint must hold what the callback earlyStopping remembers; it does not.",
    ],
  ])("refuses a checkpoint of other %s", async (_, setting, sentence) => {
    const resume = throughFile((await run({ name: "" }, { epochs: 1 })).checkpoints[0]);
    await expect(run(setting, { epochs: 2, resume })).rejects.toThrow(sentence);
  });
});

describe("a checkpoint's file", () => {
  it("is refused if it is a file of weights alone", () => {
    const file = encodeSafetensors({ tensors: [], metadata: {} });
    expect(() => decodeCheckpoint("w.safetensors", file)).toThrow(
      "w.safetensors: must be a holdout checkpoint 1 file; got a file without that mark.",
    );
  });
});
