/** @file The number of threads changes no bit of any result. */
import { describe, expect, it } from "vitest";
import { adam, dense, dropout, sequential } from "../../src/nn/index.js";
import { createEngine, type Engine } from "../../src/runtime/index.js";
import { randomGraphBits } from "../contract/expectSameBits.js";
import { randomGraph } from "../contract/randomGraph.js";
import { toyData } from "../contract/toyData.js";
import { compiledEntry, threadedEngines } from "./threadedEngines.js";

const create = threadedEngines(compiledEntry());
const THREADS = [2, 3, 4];
const FIRST_SEED = 10_000;
const GRAPHS = 1000;
const GRAPHS_IN_A_TEST = 200;
/** Of each test's graphs, so many run on every number of threads; the others on one number, in turn. */
const ON_ALL = 10;

const startAll = (): Promise<Engine[]> =>
  Promise.all([createEngine(), ...THREADS.map((threads) => create({ threads }))]);

describe("the same bits on 1, 2, 3 and 4 threads", () => {
  let shared: Promise<Engine[]> | undefined;
  const firsts = Array.from({ length: GRAPHS / GRAPHS_IN_A_TEST }, (_, i) => i * GRAPHS_IN_A_TEST);
  it.each(firsts)(
    `in ${GRAPHS_IN_A_TEST} of ${GRAPHS} random graphs, from number %i`,
    async (first) => {
      const [single, ...engines] = await (shared ??= startAll());
      for (let i = 0; i < GRAPHS_IN_A_TEST; i++) {
        const program = randomGraph(FIRST_SEED + first + i);
        const expected = await randomGraphBits(single, program);
        for (const engine of i < ON_ALL ? engines : [engines[i % engines.length]]) {
          const actual = await randomGraphBits(engine, program);
          expect(actual, `${engine.description}\n${program.description}`).toEqual(expected);
        }
      }
    },
  );

  it("in a training, whose weights and epochs are the same", async () => {
    const train = toyData(201, 1);
    const validation = toyData(50, 2);
    const trained = async (engine: Engine) => {
      const model = sequential([
        dense({ units: 37, activation: "relu" }),
        dropout({ rate: 0.3 }),
        dense({ units: 21, activation: "tanh" }),
        dropout({ rate: 0.1 }),
        dense({ units: 3, activation: "softmax" }),
      ]);
      const { epochs } = await model.fit(train, {
        optimizer: adam(),
        loss: "categoricalCrossEntropy",
        epochs: 4,
        batchSize: 19,
        validation,
        seed: 5,
        engine,
      });
      return { epochs, weights: model.weights() };
    };
    const expected = await trained(await createEngine());
    for (const threads of THREADS) {
      expect(await trained(await create({ threads })), `${threads} threads`).toEqual(expected);
    }
  });
});
