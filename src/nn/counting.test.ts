/** @file Counters against whole-number arithmetic, on every engine. */
import { describe, expect, it } from "vitest";
import { engines } from "../../test/contract/engines.js";
import { variable } from "../graph/index.js";
import { isMultiple, periodsIn } from "./counting.js";

const COUNTS = [0, 1, 48, 49, 50, 97, 98, 4999, 5000, 2 ** 24 - 1];
const SIZES = [1, 3, 7, 49, 97, 5000, 16777];

describe.each(engines)("counters on $name", ({ create }) => {
  it("count whole periods and know multiples", async () => {
    const count = variable({ name: "count", shape: [], dtype: "int32" });
    const outputs = SIZES.flatMap((size) => [periodsIn(count, size), isMultiple(count, size)]);
    const engine = await create();
    const program = await engine.compile({ name: "count", outputs });
    for (const value of COUNTS) {
      engine.write(count, [value]);
      program.run();
      expect(outputs.map((output) => program.read(output)[0])).toEqual(
        SIZES.flatMap((size) => [Math.floor(value / size), Number(value % size === 0)]),
      );
    }
  });
});
