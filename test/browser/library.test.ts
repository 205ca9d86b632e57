/** @file The library runs in a browser unchanged, and trains to the same bits as in Node. */
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, type Rolldown } from "vite";
import * as holdout from "../../src/index.js";
import { NO_BROWSER, openBrowser } from "./chromium.js";

/** Trains and evaluates; runs here and, as text, in the page. It may use its parameter alone. */
async function train(library: typeof holdout) {
  const { adam, dense, digits, dropout, sequential } = library;
  const rows = digits({ rows: 200, seed: 3 });
  const { train, validation } = rows.split({ validation: 0.25, seed: 42 });
  const model = sequential([
    dense({ units: 12, activation: "relu" }),
    dropout({ rate: 0.25 }),
    dense({ units: 10, activation: "softmax" }),
  ]);
  const { epochs } = await model.fit(train, {
    optimizer: adam(),
    loss: "categoricalCrossEntropy",
    epochs: 3,
    batchSize: 32,
    validation,
    seed: 7,
  });
  const weights = model.weights().map(({ name, values }) => ({ name, values: [...values] }));
  return { losses: epochs.map((epoch) => epoch.validation.loss), weights };
}

/** The package as one script that sets the global `holdout`, as a page's bundler would make it. */
async function bundle(): Promise<string> {
  const [{ output }] = (await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL("../../src/index.ts", import.meta.url)),
        formats: ["iife"],
        name: "holdout",
      },
    },
  })) as Rolldown.RolldownOutput[];
  return output[0].code;
}

describe("in a browser", () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it("trains to the same bits as in Node", async ({ skip }) => {
    if (browser === undefined) return skip(NO_BROWSER);
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    const inBrowser = await page.evaluate(`(${train.toString()})(holdout)`);
    const inNode = await train(holdout);
    expect(inNode.losses.every(Number.isFinite)).toBe(true);
    expect(inBrowser).toEqual(inNode);
  });
});
