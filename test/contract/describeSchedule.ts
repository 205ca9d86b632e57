/** @file What every schedule promises: golden rates, none negative or not finite, clear errors. */
import { describe, expect, it } from "vitest";
import { ops, variable } from "../../src/graph/index.js";
import type { Spec } from "../../src/nn/index.js";
import { rateAt } from "../../src/nn/optimizers/learningRate.js";
import { engines } from "./engines.js";
import { readFixture } from "./fixtures.js";
import { expectClose, valuesOf, type Tolerance } from "./numbers.js";

interface GoldenRates {
  readonly steps: readonly number[];
  readonly rates: readonly number[];
}

export interface ScheduleContract {
  readonly make: (options: never) => Spec;
  /** By the name of the golden rates in schedules.json. */
  readonly golden: Readonly<Record<string, Spec>>;
  /** How far golden rates may lie from ours in float64; Keras' cosine is computed in float32. */
  readonly tolerance: Tolerance;
  /** What each wrong option must say. */
  readonly sentences: readonly (readonly [options: object, sentence: string])[];
}

const golden = readFixture<Readonly<Record<string, GoldenRates>>>("schedules");
/** What float32 kernels owe against our own float64: of each rate, near 0 too. */
const FLOAT32_RATE: Tolerance = { relative: 3e-6, absolute: 1e-12 };
const LATE_STEPS = [0, 1, 2, 5, 4999, 65536, 999_999, 2 ** 24];

const step = variable({ name: "step", shape: [], dtype: "int32" });
const rateOf = (spec: Spec) => rateAt(spec, ops.constant(1), step);

function ratesOf(spec: Spec, steps: readonly number[]): readonly number[] {
  return steps.map((value) => valuesOf([rateOf(spec)], new Map([[step, [value]]]))[0][0]);
}

export function describeSchedule(name: string, contract: ScheduleContract): void {
  const { make, golden: specs, tolerance, sentences } = contract;
  const cases = Object.entries(specs).map(([title, spec]) => ({ title, spec }));
  describe(`${name}, as every schedule,`, () => {
    it.each(cases)("has the golden rates of $title", ({ title, spec }) => {
      const { steps, rates } = golden[title];
      expectClose(ratesOf(spec, steps), rates, tolerance);
    });

    it.each(
      engines.flatMap(({ name: engine, create }) =>
        cases.map(({ title, spec }) => ({ engine, create, title, spec })),
      ),
    )("has the same rates on the engine $engine: $title", async ({ create, title, spec }) => {
      const steps = [...golden[title].steps, ...LATE_STEPS];
      const rate = rateOf(spec);
      const engine = await create();
      const program = await engine.compile({ name: "rate", outputs: [rate] });
      const rates = steps.map((value) => {
        engine.write(step, [value]);
        program.run();
        return program.read(rate)[0];
      });
      expectClose(rates, ratesOf(spec, steps), FLOAT32_RATE);
    });

    it.each(cases)("has no rate that is negative or not finite: $title", ({ spec }) => {
      const rates = ratesOf(spec, [...Array(300).keys(), ...LATE_STEPS]);
      expect(rates.filter((rate) => !(rate >= 0 && rate < Infinity))).toEqual([]);
    });

    it.each(cases)("survives JSON: $title", ({ spec }) => {
      const { kind, ...values } = JSON.parse(JSON.stringify(spec)) as Spec;
      expect({ ...make(values as never), kind }).toEqual(spec);
    });

    it.each(sentences)("refuses %j", (options, sentence) => {
      expect(() => make(options as never)).toThrow(sentence);
    });
  });
}
