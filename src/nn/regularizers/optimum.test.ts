/**
 * @file Where training comes to rest with proximal steps: at the minimum of loss and penalty, whatever the
 * optimizer. The loss is a parabola with another curvature in each coordinate, so that its minimum is known.
 */
import { describe, expect, it } from "vitest";
import { ops, variable } from "../../graph/index.js";
import { createReferenceEngine } from "../../runtime/index.js";
import type { Spec } from "../component.js";
import { createOptimizer } from "../optimizers/apply.js";
import { adam, sgd } from "../optimizers/all.js";
import { createRegularizer } from "./apply.js";
import { elasticNet, groupLasso, l1 } from "./all.js";

/** loss = sum(curvature (w - centre)^2) / 2, in rows of two; the last row has no gradient at all. */
const CENTRE = [2, -1, 0.2, -0.3, 1, 0.02, 0.5, 0.5];
const CURVATURE = [1, 0.5, 2, 0.2, 0.25, 4, 0, 0];
const STEPS = 3000;

async function trainParabola(optimizer: Spec, regularizer: Spec, steps = STEPS): Promise<number[]> {
  const weight = variable({ name: "weight", shape: [4, 2] });
  const [centre, curvature] = ["centre", "curvature"].map((name) =>
    variable({ name, shape: [4, 2] }),
  );
  const step = variable({ name: "step", shape: [], dtype: "int32" });
  const learningRate = variable({ name: "learningRate", shape: [] });
  const penalized = createRegularizer(regularizer);
  const { updates, initialRate } = createOptimizer(optimizer);
  const gradient = ops.multiply(curvature, ops.subtract(weight, centre));
  const engine = createReferenceEngine();
  const program = await engine.compile({
    name: "update",
    updates: updates(
      [{ variable: weight, decays: true, ...(penalized && { regularizer: penalized }) }],
      [gradient],
      { learningRate, step },
    ),
  });
  engine.write(
    weight,
    CENTRE.map(() => 1),
  );
  engine.write(centre, CENTRE);
  engine.write(curvature, CURVATURE);
  engine.write(learningRate, [initialRate]);
  for (let t = 0; t < steps; t++) {
    engine.write(step, [t]);
    program.run();
  }
  return [...engine.read(weight)];
}

const optimizers = [
  sgd({ learningRate: 0.05 }),
  sgd({ learningRate: 0.02, momentum: 0.9 }),
  sgd({ learningRate: 0.02, momentum: 0.9, nesterov: true }),
  adam({ learningRate: 0.005 }),
];
const slopeAt = (w: readonly number[]): number[] =>
  w.map((value, i) => CURVATURE[i] * (value - CENTRE[i]));
const LIVE = 6;

describe.each(optimizers)("with $kind (momentum $momentum)", (optimizer) => {
  it("l1 rests at soft-thresholded centres, with exact zeros", async () => {
    const w = await trainParabola(optimizer, l1({ strength: 0.3 }));
    CENTRE.slice(0, LIVE).forEach((centre, i) => {
      const size = Math.max(Math.abs(centre) - 0.3 / CURVATURE[i], 0);
      expect(w[i]).toBeCloseTo(Math.sign(centre) * size, 3);
      if (size === 0) expect(w[i]).toBe(0);
    });
  });

  it("elasticNet rests where the slopes of loss and penalty cancel", async () => {
    const w = await trainParabola(optimizer, elasticNet({ l1: 0.1, l2: 0.2 }));
    const slope = slopeAt(w);
    CENTRE.slice(0, LIVE).forEach((_, i) => {
      if (w[i] === 0) expect(Math.abs(slope[i])).toBeLessThanOrEqual(0.1);
      else expect(slope[i] + 0.1 * Math.sign(w[i]) + 0.4 * w[i]).toBeCloseTo(0, 3);
    });
    expect(w.slice(0, LIVE).filter((value) => value === 0).length).toBeGreaterThan(0);
  });

  it("groupLasso rests where the slopes of loss and penalty cancel, with a row of zeros", async () => {
    const strength = 0.45;
    const w = await trainParabola(optimizer, groupLasso({ strength }));
    const slope = slopeAt(w);
    const zeroRows = [0, 1, 2].filter((row) => {
      const [a, b] = [2 * row, 2 * row + 1];
      const norm = Math.hypot(w[a], w[b]);
      if (norm === 0) expect(Math.hypot(slope[a], slope[b])).toBeLessThanOrEqual(strength);
      else for (const i of [a, b]) expect(slope[i] + (strength * w[i]) / norm).toBeCloseTo(0, 3);
      return norm === 0;
    });
    expect(zeroRows).toEqual([1, 2]);
  });
});

describe("weights without any gradient", () => {
  it("are 0 after some updates of adam, whose step for them is learningRate / epsilon", async () => {
    // From 1, in the first t updates: sum of learningRate sqrt(1 - 0.999^t) strength / epsilon.
    const steps = Array.from(
      { length: 30 },
      (_, t) => 1e-3 * Math.sqrt(1 - 0.999 ** (t + 1)) * 1e3,
    );
    const sums = steps.map((_, t) => steps.slice(0, t + 1).reduce((a, b) => a + b));
    const last = sums.findIndex((sum) => sum > 1);
    const before = await trainParabola(adam(), l1({ strength: 1e-4 }), last);
    expect(before[6]).toBeCloseTo(1 - sums[last - 1], 5);
    const after = await trainParabola(adam(), l1({ strength: 1e-4 }), last + 1);
    expect(after.slice(LIVE)).toEqual([0, 0]);
    expect(after.slice(0, LIVE).every((value) => value !== 0)).toBe(true);
  });

  it("shrink by learningRate strength an update with sgd", async () => {
    const w = await trainParabola(sgd({ learningRate: 0.05 }), l1({ strength: 0.3 }), 10);
    expect(w[6]).toBeCloseTo(1 - 10 * 0.05 * 0.3, 6);
  });
});
