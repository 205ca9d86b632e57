/** @file Reduction on a plateau against Keras' callback (keras_optimizers.json, made by scripts/optimizers.py). */
import { describe, expect, it } from "vitest";
import { readFixture } from "../../../test/contract/fixtures.js";
import { expectClose } from "../../../test/contract/numbers.js";
import {
  PLATEAU_DEFAULTS,
  PLATEAU_START,
  plateauRule,
  type PlateauOptions,
  type PlateauState,
} from "./plateauRule.js";

interface Golden {
  readonly plateau: Readonly<
    Record<
      string,
      {
        readonly options: Partial<PlateauOptions>;
        readonly values: readonly number[];
        readonly rates: readonly number[];
      }
    >
  >;
}

const cases = Object.entries(readFixture<Golden>("keras_optimizers").plateau);

function ratesOf(values: readonly number[], options: PlateauOptions): readonly number[] {
  let state: PlateauState = PLATEAU_START;
  let learningRate = 0.1;
  return values.map((score) => {
    // Through JSON, as in a checkpoint.
    const kept = JSON.parse(JSON.stringify(state)) as PlateauState;
    ({ state, learningRate } = plateauRule(kept, { score, learningRate }, options));
    return learningRate;
  });
}

describe("plateauRule", () => {
  it.each(cases)("reduces as Keras does: %s", (_, { options, values, rates }) => {
    const ours = ratesOf(values, { ...PLATEAU_DEFAULTS, ...options });
    expectClose(ours, rates, { relative: 1e-14, absolute: 0 });
  });

  it("does not take NaN for an improvement", () => {
    const options = { ...PLATEAU_DEFAULTS, patience: 2 };
    expect(ratesOf([NaN, 1, NaN, NaN], options)).toEqual([0.1, 0.1, 0.1, 0.1 * 0.1]);
  });
});
