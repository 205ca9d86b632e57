import { describe, expect, it } from "vitest";
import { digits } from "../data/index.js";
import { datasets } from "./datasets.js";

describe("datasets.digits", () => {
  it("draws training rows as asked and test rows of the same seed without noise", async () => {
    const { train, test } = await datasets.digits({ rows: 20, seed: 3, labelNoise: 1 });
    expect(train.labels).toEqual(digits({ rows: 20, seed: 3, labelNoise: 1 }).labels);
    expect(test.rows).toBe(2000);
    const clean = digits({ rows: 20, seed: 3, part: "test" });
    expect(test.labels.subarray(0, 20)).toEqual(clean.labels);
  });
});
