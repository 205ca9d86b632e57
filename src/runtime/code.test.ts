/** @file Which instructions and which tile an engine uses, by what was found out about V8's compiler. */
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type { TileSize } from "../codegen/index.js";
import { hasWideCode, NO_WIDE_CODE } from "../../test/contract/wideCode.js";
import { UsageError } from "../util/index.js";
import { chooseCode, decide } from "./code.js";

const rate = (rows: number, columns: TileSize["columns"], gigaflops: number) => {
  return { tile: { rows, columns }, gigaflops };
};
const usual = [rate(4, 8, 43), rate(6, 8, 42)];
const never = (): never => {
  throw new Error("looked");
};

describe("256 bits", () => {
  it("are used where they are right and clearly faster, with the most rows of the fastest tiles", () => {
    const rates = { 128: usual, 256: [rate(4, 16, 94), rate(5, 16, 93), rate(6, 16, 81)] };
    expect(decide(rates, () => undefined)).toEqual({
      tiles: { 128: { rows: 6, columns: 8 }, 256: { rows: 5, columns: 16 } },
    });
  });

  it("are refused by name where a tile comes out wrong, however fast", () => {
    const rates = { 128: usual, 256: [rate(4, 16, 430)] };
    expect(decide(rates, () => "a tile of 4 by 16, plain")).toEqual({
      tiles: { 128: { rows: 6, columns: 8 } },
      refusal: "256 compute a tile of 4 by 16, plain wrongly",
    });
  });

  it("are refused unchecked where they are not a fifth faster", () => {
    const rates = { 128: usual, 256: [rate(4, 16, 51)] };
    expect(decide(rates, never)).toEqual({
      tiles: { 128: { rows: 6, columns: 8 } },
      refusal: "256 are not faster",
    });
  });
});

describe("the code of an engine", () => {
  it("has 128 bits where V8 knows no others, and says nothing of them", ({ skip }) => {
    skip(hasWideCode, "V8 knows 256 bits here");
    expect(chooseCode({})).toMatchObject({ bits: 128, tile: { columns: 8 }, note: "" });
    expect(chooseCode({ simdBits: 128 })).toEqual(chooseCode({}));
    expect(() => chooseCode({ simdBits: 256 })).toThrow(
      new UsageError(
        "Engine: simdBits must be 128; got 256 (V8 has no others here). Leave it out.",
      ),
    );
  });

  it("says its bits where V8 knows both", ({ skip }) => {
    skip(!hasWideCode, NO_WIDE_CODE);
    expect(chooseCode({ simdBits: 128 })).toMatchObject({ bits: 128, tile: { columns: 8 } });
    expect(chooseCode({ simdBits: 128 }).note).toMatch(/^, 128 bits/);
    expect(chooseCode({}).note).toMatch(/^, (128|256) bits/);
  });

  it("has 128 bits without relaxed SIMD", () => {
    expect(chooseCode({ relaxedSimd: false })).toMatchObject({ relaxed: false, bits: 128 });
    expect(() => chooseCode({ relaxedSimd: false, simdBits: 256 })).toThrow(
      "(others need relaxed SIMD)",
    );
  });

  it("is found out once a process: threads that start later inherit what is known", async () => {
    const { tile } = chooseCode({ simdBits: 128 });
    const thread = new Worker(
      `const { getEnvironmentData, parentPort } = require("node:worker_threads");
       parentPort.postMessage(getEnvironmentData("holdout: what is known of the machine"));`,
      { eval: true },
    );
    const known = await new Promise((resolve) => thread.once("message", resolve));
    expect(known).toMatchObject({ tiles: { 128: tile } });
    await thread.terminate();
  });
});
