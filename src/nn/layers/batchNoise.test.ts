/**
 * @file The noise of batch normalization on MNIST, against what PyTorch measured (science: standard deviation,
 * over 200 random batches that it is in, of the normalized pre-activation of a fixed example in a randomly initialized
 * layer of 256 units; mean over units and examples). Drawn otherwise, so equal only within some percent.
 */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mnist } from "../../data/index.js";
import { nodeDataAccess } from "../../node/index.js";
import { ops, variable } from "../../graph/index.js";
import { createEngine, type Engine } from "../../runtime/index.js";
import { randomStream } from "../../util/index.js";
import { buildNetwork, initialValues } from "../network.js";
import { nameLayers } from "../wiring.js";
import { batchNormalization } from "./batchNormalization.js";
import { dense } from "./dense.js";

const MEASURED = [
  [4, 0.56],
  [8, 0.415],
  [32, 0.212],
  [128, 0.104],
] as const;
const UNITS = 256;
const PIXELS = 784;
const EXAMPLES = 12;
const ROWS = 60_000;
const BATCHES = 200;

const network = buildNetwork(nameLayers([dense({ units: UNITS }), batchNormalization()]), [PIXELS]);

describe("the noise of batch normalization on MNIST", () => {
  let engine: Engine;
  let images: Uint8Array;

  beforeEach(({ skip }) =>
    skip(!process.env.HOLDOUT_DATA_DIR, "HOLDOUT_DATA_DIR is not set: no MNIST"),
  );
  beforeAll(async () => {
    if (!process.env.HOLDOUT_DATA_DIR) return;
    const { train } = await mnist(nodeDataAccess());
    images = train.features as Uint8Array;
    engine = await createEngine();
    initialValues(network, 1).forEach((values, i) => {
      engine.write(network.weights[i].variable, values);
    });
  });

  /** Normalizes a batch, in training; gives its first row. */
  async function compile(rows: number) {
    const x = variable({ name: "x", shape: [rows, PIXELS], dtype: "uint8" });
    const scaled = ops.multiply(ops.cast(x, "float32"), 1 / 255);
    const { output } = network.apply(scaled, { training: true });
    const first = ops.gatherRows(output, ops.iota([1], 0));
    const program = await engine.compile({ name: "noise", outputs: [first] });
    return (batch: Uint8Array) => {
      engine.write(x, batch);
      program.run();
      return program.read(first);
    };
  }

  /** Of one example, which is in each of its batches: the mean over units. */
  function noiseOfExample(
    example: number,
    { size, run }: { size: number; run: (batch: Uint8Array) => ArrayLike<number> },
  ): number {
    const stream = randomStream(example, `noise/${size}`);
    const sums = new Float64Array(UNITS);
    const squares = new Float64Array(UNITS);
    const batch = new Uint8Array(size * PIXELS);
    for (let i = 0; i < BATCHES; i++) {
      for (let row = 0; row < size; row++) {
        const from = (row === 0 ? example : stream.below(ROWS)) * PIXELS;
        batch.set(images.subarray(from, from + PIXELS), row * PIXELS);
      }
      const y = run(batch);
      for (let unit = 0; unit < UNITS; unit++) {
        sums[unit] += y[unit];
        squares[unit] += y[unit] ** 2;
      }
    }
    const deviations = sums.map((sum, unit) =>
      Math.sqrt(squares[unit] / BATCHES - (sum / BATCHES) ** 2),
    );
    return deviations.reduce((total, each) => total + each) / UNITS;
  }

  async function noiseOf(size: number): Promise<number> {
    const run = await compile(size);
    const examples = Array.from({ length: EXAMPLES }, (_, i) => noiseOfExample(i, { size, run }));
    return examples.reduce((total, each) => total + each) / EXAMPLES;
  }

  it.each(MEASURED)(
    "is at a batch size of %i what PyTorch measured, %f",
    async (size, expected) => {
      const noise = await noiseOf(size);
      expect(noise / expected).toBeGreaterThan(0.85);
      expect(noise / expected).toBeLessThan(1.15);
    },
  );
});
