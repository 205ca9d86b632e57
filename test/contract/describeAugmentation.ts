/** @file What every batch augmentation promises: its off value, same seed same bits, targets, shapes, sentences. */
import { describe, expect, it } from "vitest";
import { ops, variable, type Tensor } from "../../src/graph/index.js";
import {
  checkAugmentedRows,
  createAugmentations,
  nameAugmentations,
} from "../../src/nn/augmentations/apply.js";
import type { AugmentationSpec } from "../../src/nn/augmentations/define.js";
import { conv2d, dense, flatten, sequential, sgd } from "../../src/nn/index.js";
import { randomStream } from "../../src/util/index.js";
import { engines } from "./engines.js";
import { toyData } from "./toyData.js";

export interface AugmentationContract {
  readonly make: (options?: never) => AugmentationSpec;
  /** Different settings. */
  readonly examples: readonly AugmentationSpec[];
  /** Settings at which a training is the same without it, bit for bit. */
  readonly off: AugmentationSpec;
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

const ROWS = 6;
const IMAGE = [7, 5, 2];

/** Images of numbers without pattern, in [0, 1). */
export function someImages(rows: number, shape: readonly number[]): Float32Array {
  const random = randomStream(4, "images");
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, rows) }, () => random.uniform());
}

export interface Augmented {
  readonly x: Float32Array;
  /** Of each target: what it is, and its share in each row (1 if it is alone). */
  readonly parts: readonly { readonly labels: number[]; readonly shares: number[] }[];
}

/** What becomes of images in an update. */
export async function augment(
  spec: AugmentationSpec,
  options: {
    readonly images: Float32Array;
    readonly shape: readonly number[];
    readonly seed?: number;
    readonly epoch?: number;
    readonly step?: number;
    readonly create?: (typeof engines)[number]["create"];
  },
): Promise<Augmented> {
  const { images, shape, seed = 1, epoch = 1, step = 0, create = engines[1].create } = options;
  const rows = images.length / shape.reduce((a, b) => a * b, 1);
  const plan = { seed, rows, batchSize: rows, rowShape: shape };
  const augmentations = createAugmentations([spec], plan);
  const x = variable({ name: "x", shape: [rows, ...shape] });
  const labels = variable({ name: "labels", shape: [rows], dtype: "int32" });
  const batch = augmentations.apply(
    { x, targets: [{ target: { labels, classes: rows } }] },
    { seed, step: ops.constant(step, "int32") },
    ops.iota([rows], 0),
  );
  expect(batch.x.shape).toEqual(x.shape);
  const one = ops.cast(ops.equal(labels, labels), "float32");
  // A sum with 0, because a variable is no output.
  const read = (tensor: Tensor): Tensor => ops.add(tensor, 0);
  const parts = batch.targets.map(({ target, share }) => {
    if (!("labels" in target)) throw new Error("labels became numbers");
    return { labels: read(target.labels), share: read(share ?? one) };
  });
  const engine = await create();
  const outputs = [read(batch.x), ...parts.flatMap((part) => [part.labels, part.share])];
  const program = await engine.compile({ name: "augment", outputs });
  engine.write(x, images);
  engine.write(
    labels,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  augmentations.begin(engine, epoch);
  program.run();
  return {
    x: Float32Array.from(program.read(outputs[0])),
    parts: parts.map((part) => ({
      labels: [...program.read(part.labels)],
      shares: [...program.read(part.share)],
    })),
  };
}

const vectors = toyData(20);
const images = { ...vectors, features: someImages(20, [4, 4, 1]), featureShape: [4, 4, 1] };

async function train(
  augmentation: readonly AugmentationSpec[] | undefined,
  takesImages: boolean,
): Promise<unknown> {
  const hidden = takesImages ? [conv2d({ filters: 2, kernelSize: 2 }), flatten()] : [];
  const model = sequential([...hidden, dense({ units: 3, activation: "softmax" })]);
  const { epochs } = await model.fit(takesImages ? images : vectors, {
    optimizer: sgd({ learningRate: 0.1 }),
    loss: "categoricalCrossEntropy",
    epochs: 2,
    batchSize: 8,
    ...(augmentation && { augmentation }),
  });
  return { epochs, weights: model.weights() };
}

export function describeAugmentation(name: string, contract: AugmentationContract): void {
  const { make, examples, off, sentences } = contract;
  const [{ definition }] = nameAugmentations([make()]);
  const given = { images: someImages(ROWS, IMAGE), shape: IMAGE };
  const own = { labels: [0, 1, 2, 3, 4, 5], shares: [1, 1, 1, 1, 1, 1] };

  describe(`${name}, as every augmentation,`, () => {
    it("is not there at its off value, bit for bit", async () => {
      const { takesImages } = definition;
      expect(await train([off], takesImages)).toEqual(await train(undefined, takesImages));
    });

    it("changes a training, and the same seed gives the same bits", async () => {
      const { takesImages } = definition;
      const [a, b] = [await train([make()], takesImages), await train([make()], takesImages)];
      expect(a).toEqual(b);
      expect(a).not.toEqual(await train(undefined, takesImages));
    });

    it.each(examples)("gives new numbers for another seed or epoch: %o", async (spec) => {
      const augmented = [
        await augment(spec, given),
        await augment(spec, given),
        await augment(spec, { ...given, seed: 2 }),
        await augment(spec, { ...given, epoch: 2, step: 1 }),
      ].map(({ x }) => String(x));
      expect(new Set(augmented).size).toBe(3);
      expect(augmented[0]).toBe(augmented[1]);
    });

    it.each(examples)("gives the same on every engine, up to rounding: %o", async (spec) => {
      const [a, b] = [
        await augment(spec, { ...given, create: engines[0].create }),
        await augment(spec, { ...given, create: engines[1].create }),
      ];
      a.x.forEach((value, i) => expect(b.x[i]).toBeCloseTo(value, 4));
      expect(a.parts.map(({ labels }) => labels)).toEqual(b.parts.map(({ labels }) => labels));
    });

    it.each(examples)(
      "leaves targets alone, or mixes them by shares of sum 1: %o",
      async (spec) => {
        const { parts } = await augment(spec, given);
        if (definition.mixes !== true) return expect(parts).toEqual([own]);
        expect(parts[0].labels).toEqual(own.labels);
        expect([...parts[1].labels].sort()).toEqual(own.labels);
        parts[0].shares.forEach((share, row) =>
          expect(share + parts[1].shares[row]).toBeCloseTo(1, 6),
        );
      },
    );

    it.each(examples)("survives JSON: %o", (spec) => {
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    });

    it("takes rows that are not images, or says that it does not", () => {
      const act = (): void => checkAugmentedRows([make()], [4]);
      if (!definition.takesImages) {
        expect(act).not.toThrow();
        return;
      }
      expect(act).toThrow(
        `${definition.title}: rows must be images, [height, width] or [height, width, channels]; got [4].`,
      );
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
