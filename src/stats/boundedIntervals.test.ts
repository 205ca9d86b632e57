/** @file Expected values: stats_scipy.json (SciPy 1.17); coverage by simulation, the truth known. */
import { describe, expect, it } from "vitest";
import scipy from "../../test/fixtures/stats_scipy.json" with { type: "json" };
import { randomStream, type RandomStream } from "../util/index.js";
import { logInterval, logitInterval } from "./boundedIntervals.js";
import { studentInterval, type Interval, type StudentEstimate } from "./estimate.js";
import { mean, standardDeviation } from "./moments.js";

const estimate = ({ mean, standardError, df }: (typeof scipy.bounded.log)[number]) => ({
  ...{ mean, standardError, degreesOfFreedom: df },
});

describe.each([
  { name: "logitInterval", interval: logitInterval, cases: scipy.bounded.logit },
  { name: "logInterval", interval: logInterval, cases: scipy.bounded.log },
])("$name", ({ interval, cases }) => {
  it.each(cases)("equals Student's interval of the transformed mean: $mean", (one) => {
    const [low, high] = interval(estimate(one), one.confidence);
    expect(low).toBeCloseTo(one.interval[0], 11);
    expect(high).toBeCloseTo(one.interval[1], 11);
  });
  it("is [mean, mean] without spread, and unknown where the spread or the mean is", () => {
    const known = { mean: 1, standardError: 0, degreesOfFreedom: 4 };
    expect(interval(known)).toEqual([1, 1]);
    expect(interval({ ...known, standardError: NaN })).toEqual([NaN, NaN]);
    expect(interval({ ...known, mean: NaN, standardError: 1 })).toEqual([NaN, NaN]);
  });
});

describe("logitInterval", () => {
  it("stays within [0, 1] whatever the spread", () => {
    const wild = { mean: 0.999, standardError: 10, degreesOfFreedom: 1 };
    expect(logitInterval(wild)).toEqual([0, 1]);
  });
  it("mirrors when right and wrong change places", () => {
    const spread = { standardError: 0.02, degreesOfFreedom: 4 };
    const [low, high] = logitInterval({ ...spread, mean: 0.9 });
    const mirrored = logitInterval({ ...spread, mean: 1 - 0.9 });
    expect(mirrored).toEqual([expect.closeTo(1 - high, 14), expect.closeTo(1 - low, 14)]);
  });
  it.each([1, 0, 98.2, -0.1])("refuses a mean of %d with spread", (mean) => {
    expect(() => logitInterval({ mean, standardError: 0.1, degreesOfFreedom: 4 })).toThrow(
      `logitInterval: mean must lie between 0 and 1 where shares differ; got ${mean}. ` +
        "Give shares, not percent; a difference of shares has studentInterval.",
    );
  });
});

it("logInterval refuses a mean of 0 or less with spread", () => {
  expect(() => logInterval({ mean: 0, standardError: 0.1, degreesOfFreedom: 4 })).toThrow(
    "logInterval: mean must be greater than 0 where values differ; got 0. " +
      "Values that may be negative have studentInterval.",
  );
});

const STUDIES = 4000;
/** Four standard errors of a share of 0.95. */
const TOLERANCE = 4 * Math.sqrt((0.95 * 0.05) / STUDIES);

interface Simulation {
  readonly draw: (stream: RandomStream) => number;
  readonly truth: number;
  readonly seeds: number;
}

type IntervalOf = (estimate: StudentEstimate) => Interval;

/** In how many simulated studies the interval of an arm's mean holds the truth, and passes the bounds. */
function simulate({ draw, truth, seeds }: Simulation, intervalOf: IntervalOf) {
  const stream = randomStream(7, "coverage of bounded means");
  let [covered, outside] = [0, 0];
  for (let study = 0; study < STUDIES; study++) {
    const values = Array.from({ length: seeds }, () => draw(stream));
    const standardError = standardDeviation(values) / Math.sqrt(seeds);
    const [low, high] = intervalOf({
      ...{ mean: mean(values), standardError, degreesOfFreedom: seeds - 1 },
    });
    if (low <= truth && high >= truth) covered++;
    if (low < 0 || high > 1) outside++;
  }
  return { coverage: covered / STUDIES, outside: outside / STUDIES };
}

/** An error rate of mean 0.01, log-normal over seeds. */
const skewedError = (stream: RandomStream): number =>
  0.01 * Math.exp(0.5 * stream.normal() - 0.125);

describe("in simulated studies of few seeds", () => {
  describe.each([3, 5, 10])("%d seeds", (seeds) => {
    const nearOne = { draw: (stream: RandomStream) => 1 - skewedError(stream), truth: 0.99, seeds };
    const inside = {
      draw: (stream: RandomStream) => 0.8 + 0.005 * stream.normal(),
      truth: 0.8,
      seeds,
    };
    it("far from the bounds the logit scale covers as Student's does: 95 %", () => {
      expect(Math.abs(simulate(inside, logitInterval).coverage - 0.95)).toBeLessThan(TOLERANCE);
    });
    it("near 1 it covers more often than Student's, and within 3 points of 95 %", () => {
      const [logit, student] = [logitInterval, studentInterval].map((of) => simulate(nearOne, of));
      expect(logit.coverage).toBeGreaterThan(student.coverage);
      expect(Math.abs(logit.coverage - 0.95)).toBeLessThan(0.03);
      expect(logit.outside).toBe(0);
    });
    it("of a skewed loss the logarithmic scale covers more often than Student's", () => {
      const loss = { draw: skewedError, truth: 0.01, seeds };
      const [log, student] = [logInterval, studentInterval].map((of) => simulate(loss, of));
      expect(log.coverage).toBeGreaterThan(student.coverage);
      expect(log.outside).toBe(0);
    });
  });
});
