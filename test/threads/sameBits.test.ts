/** @file The number of threads changes no bit of any result. */
import { describe, expect, it } from "vitest";
import { adam, dense, dropout, sequential } from "../../src/nn/index.js";
import { createEngine, type Engine, type Values } from "../../src/runtime/index.js";
import { toyData } from "../contract/toyData.js";
import { randomGraph, type RandomProgram } from "../contract/randomGraph.js";
import { compiledEntry, threadedEngines } from "./threadedEngines.js";

const create = threadedEngines(compiledEntry());
const THREADS = [2, 3, 4];
const FIRST_SEED = 10_000;
const GRAPHS = 150;
const RUNS = 3;

/** Outputs after each of some runs, then all variables. */
async function results(engine: Engine, program: RandomProgram): Promise<Values[]> {
  const { outputs, updates, values } = program;
  for (const [variable, initial] of values) engine.write(variable, initial);
  const compiled = await engine.compile({ name: "random", outputs, updates });
  const seen = Array.from({ length: RUNS }, () => {
    compiled.run();
    return outputs.map(compiled.read);
  });
  return [...seen.flat(), ...[...values.keys()].map((variable) => engine.read(variable))];
}

const bits = (values: readonly Values[]): Uint8Array[] =>
  values.map(({ buffer }) => new Uint8Array(buffer));

describe("the same bits on 1, 2, 3 and 4 threads", () => {
  it(`in ${GRAPHS} random graphs`, async () => {
    const single = await createEngine();
    const engines = await Promise.all(THREADS.map((threads) => create({ threads })));
    for (let seed = FIRST_SEED; seed < FIRST_SEED + GRAPHS; seed++) {
      const program = randomGraph(seed);
      const expected = bits(await results(single, program));
      for (const engine of engines) {
        const actual = bits(await results(engine, program));
        expect(actual, `${engine.description}\n${program.description}`).toEqual(expected);
      }
    }
  });

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
