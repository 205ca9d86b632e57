/** @file With a BLAS too, the number of threads changes no bit; against our own products, only rounding differs. */
import { beforeEach, describe, expect, it } from "vitest";
import { ops, variable } from "../../src/graph/index.js";
import { adam, dense, dropout, sequential } from "../../src/nn/index.js";
import { createEngine, type Engine } from "../../src/runtime/index.js";
import { randomStream } from "../../src/util/index.js";
import { toyData } from "../contract/toyData.js";
import { compiledEntry, threadedEngines } from "../threads/threadedEngines.js";
import { NO_BLAS, systemLibrary } from "./systemLibrary.js";

const library = systemLibrary();
const create = threadedEngines(compiledEntry());
const withThreads = (threads: number): Promise<Engine> =>
  create({ threads, library, minimumProduct: -Infinity });
const THREADS = [2, 3, 4];
/** Rows, columns and inner size of some products: of one panel, of many, and of ragged ones. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [128, 512, 200],
  [784, 96, 128],
  [301, 77, 65],
  [33, 1000, 31],
];

async function product(engine: Engine, sizes: (typeof SIZES)[number]) {
  const [rows, columns, inner] = sizes;
  const a = variable({ name: "a", shape: [rows, inner] });
  const b = variable({ name: "b", shape: [inner, columns] });
  const stream = randomStream(1, sizes.join());
  for (const { shape } of [a, b]) {
    const values = Float32Array.from({ length: shape[0] * shape[1] }, () => stream.normal());
    engine.write(shape === a.shape ? a : b, values);
  }
  const output = ops.tanh(ops.matMul(a, b));
  const program = await engine.compile({ name: "product", outputs: [output] });
  program.run();
  return program.read(output);
}

async function training(engine: Engine) {
  const model = sequential([
    dense({ units: 160, activation: "relu" }),
    dropout({ rate: 0.3 }),
    dense({ units: 37, activation: "tanh" }),
    dense({ units: 3, activation: "softmax" }),
  ]);
  const history = await model.fit(toyData(201, 1), {
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: 3,
    batchSize: 67,
    validation: toyData(50, 2),
    seed: 5,
    engine,
  });
  return { history, weights: model.weights() };
}

describe("a system BLAS gives the same bits on 1, 2, 3 and 4 threads", () => {
  beforeEach(({ skip }) => skip(library === undefined, NO_BLAS));

  it.each(SIZES)("in a product of %i x %i over %i", async (...sizes) => {
    const expected = await product(await withThreads(1), sizes);
    for (const threads of THREADS) {
      expect(await product(await withThreads(threads), sizes)).toEqual(expected);
    }
  });

  it("in a training, whose history names the engine", async () => {
    const expected = await training(await withThreads(1));
    expect(expected.history.engine).toContain(library?.name);
    for (const threads of THREADS) {
      const { history, weights } = await training(await withThreads(threads));
      expect(history.engine).toMatch(new RegExp(`^blas, .*, ${threads} threads$`));
      expect({ epochs: history.epochs, weights }).toEqual({
        epochs: expected.history.epochs,
        weights: expected.weights,
      });
    }
  });

  it("and nearly those of the engine without it", async () => {
    const { history, weights } = await training(await withThreads(1));
    const other = await training(await createEngine());
    expect(weights).not.toEqual(other.weights);
    const [loss, near] = [history, other.history].map((one) => one.epochs[2].running.loss);
    expect(Math.abs(loss - near)).toBeLessThan(1e-4);
  });
});
