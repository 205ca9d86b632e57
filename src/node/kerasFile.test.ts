/**
 * @file Models that Keras 3.15.1 saved predict here what they predict there. The files and predictions are
 * made by test/fixtures/scripts/keras_models.py.
 */
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { flat, type Nested } from "../../test/contract/fixtures.js";
import { readKeras } from "./kerasFile.js";

const path = (name: string): string =>
  fileURLToPath(new URL(`../../test/fixtures/keras/${name}`, import.meta.url));
type Predictions = Readonly<
  Record<"sequential" | "functional", { readonly x: Nested; readonly y: Nested }>
>;
const predictions = JSON.parse(readFileSync(path("predictions.json"), "utf8")) as Predictions;

const folder = mkdtempSync(join(tmpdir(), "holdout-keras-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("readKeras", () => {
  it.each([
    ["sequential", [8, 8, 1]],
    ["functional", [6]],
  ] as const)("gives a %s model that predicts what it predicts in Keras", async (name, shape) => {
    const model = await readKeras(path(`${name}.keras`));
    const { x, y } = predictions[name];
    const rows = { features: Float32Array.from(flat(x)), featureShape: shape, scale: 1 };
    const got = await model.predict(rows);
    // Both compute in float32, with sums in different orders.
    flat(y).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5));
  });

  it("takes penalties and constraints over", async () => {
    const summary = (await readKeras(path("sequential.keras"))).summary();
    expect(summary).toContain("conv2d");
  });

  /** The sequential model with its configuration changed as text. */
  function changed(from: string, to: string): string {
    const parts = unzipSync(readFileSync(path("sequential.keras")));
    const text = new TextDecoder().decode(parts["config.json"]);
    if (!text.includes(from)) throw new Error(`the configuration has no ${from}`);
    const file = join(folder, "changed.keras");
    writeFileSync(file, zipSync({ ...parts, "config.json": strToU8(text.replace(from, to)) }));
    return file;
  }

  it.each([
    ['"class_name": "Flatten"', '"class_name": "Flatter"', 'Unknown layer "Flatter"'],
    ['"groups": 1', '"groups": 2', "Keras: conv2d: groups must be as Holdout has it; got 2"],
    [
      '"class_name": "Dropout", "config": {"name": "dropout", "trainable": true',
      '"class_name": "Dropout", "config": {"name": "dropout", "trainable": 0',
      "Keras: dropout: trainable must be as Holdout has it; got 0",
    ],
    ['"filters": 4', '"filters": 5', "float32 numbers of shape [3, 3, 1, 5] for conv2d/kernel"],
    ['"class_name": "Sequential"', '"class_name": "Other"', "must be Sequential or functional"],
  ])("refuses %s as %s", async (from, to, sentence) => {
    await expect(readKeras(changed(from, to))).rejects.toThrow(sentence);
  });

  it("refuses what is not a file of Keras", async () => {
    const file = join(folder, "text.keras");
    writeFileSync(file, "nothing");
    await expect(readKeras(file)).rejects.toThrow("(it is not an archive)");
    writeFileSync(file, zipSync({ "a.txt": strToU8("a") }));
    await expect(readKeras(file)).rejects.toThrow("(it holds no config.json");
    await expect(readKeras(join(folder, "none"))).rejects.toThrow("no such file");
  });
});
