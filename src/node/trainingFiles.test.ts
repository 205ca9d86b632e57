/** @file Files of weights, checkpoints and logs: what is written is read back; what is wrong is said. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { toyData } from "../../test/contract/toyData.js";
import { dense, saveCheckpoints, sequential, sgd, type Callback } from "../nn/index.js";
import {
  csvLogFile,
  readCheckpoint,
  readWeights,
  writeCheckpoint,
  writeWeights,
} from "./trainingFiles.js";

const folder = mkdtempSync(join(tmpdir(), "holdout-files-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

const train = toyData(30, 1);
const fit = (epochs: number, options: { callbacks?: Callback[]; resume?: string }) => {
  const model = sequential([dense({ units: 3, activation: "softmax" })]);
  const { callbacks = [], resume } = options;
  const history = model.fit(train, {
    optimizer: sgd({ momentum: 0.9 }),
    loss: "categoricalCrossEntropy",
    epochs,
    callbacks,
    ...(resume !== undefined && { resume: readCheckpoint(resume) }),
    batchSize: 10,
  });
  return history.then(({ epochs: results }) => ({ model, results }));
};

describe("files of weights", () => {
  it("give back the model", async () => {
    const { model } = await fit(1, {});
    writeWeights(path("w.safetensors"), model.weights());
    const other = sequential([dense({ units: 3, activation: "softmax" })]);
    other.build({ inputShape: [2], seed: 9 });
    other.setWeights(readWeights(path("w.safetensors")));
    expect(other.weights()).toEqual(model.weights());
  });

  it("are not made of anything else", () => {
    writeFileSync(path("text"), "not weights");
    expect(() => readWeights(path("text"))).toThrow("must be a safetensors file");
    expect(() => readWeights(path("none"))).toThrow("(there is no such file)");
    expect(() => writeWeights(path("no/such/w"), [])).toThrow("does not exist");
  });
});

describe("files of checkpoints", () => {
  it("carry a training over, with its log", async () => {
    const log = path("log.csv");
    const file = path("c");
    const save = saveCheckpoints({ save: (checkpoint) => writeCheckpoint(file, checkpoint) });
    const whole = await fit(4, { callbacks: [csvLogFile(path("whole.csv")), save] });
    await fit(2, { callbacks: [csvLogFile(log), save] });
    const resumed = await fit(4, {
      callbacks: [csvLogFile(log, { append: true }), save],
      resume: file,
    });
    expect(resumed.model.weights()).toEqual(whole.model.weights());
    expect(resumed.results).toEqual(whole.results);
    expect(readFileSync(log, "utf8")).toBe(readFileSync(path("whole.csv"), "utf8"));
    expect(readFileSync(log, "utf8").split("\n").slice(0, 2)).toEqual([
      "epoch,running.loss,running.accuracy,clean.loss,clean.accuracy,seconds",
      `1,${Object.values(whole.results[0].running).join(",")},${Object.values(whole.results[0].clean).join(",")},`,
    ]);
  });

  it("must be there", () => {
    expect(() => readCheckpoint(path("none"))).toThrow(
      `readCheckpoint: the path must be a file to read; got "${path("none")}" (there is no such file).`,
    );
  });
});
