/** @file Sharpness-aware minimization against PyTorch's step (golden_torch.json, float64). */
import { describe, expect, it } from "vitest";
import { flat, readFixture, shapeOf, type Nested } from "../../../test/contract/fixtures.js";
import { expectClose, FLOAT64, valuesOf } from "../../../test/contract/numbers.js";
import { gradients, ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import { dropout } from "../layers/dropout.js";
import { createLoss } from "../losses/apply.js";
import { buildNetwork } from "../network.js";
import { nameLayers } from "../wiring.js";
import { createOptimizer, type UpdatedWeight } from "./apply.js";
import { sgd } from "./sgd.js";
import { sharpnessAwareGradients } from "./sharpness.js";

interface Golden {
  readonly sam_sgd_step: {
    readonly x: Nested;
    readonly y: readonly number[];
    readonly params: readonly Nested[];
    readonly rho: number;
    readonly lr: number;
    readonly grad_perturbed: readonly Nested[];
    readonly params_after: readonly Nested[];
    readonly params_after_plain_sgd: readonly Nested[];
  };
}

const golden = readFixture<Golden>("golden_torch").sam_sgd_step;
const x = variable({ name: "x", shape: shapeOf(golden.x) });
const labels = variable({ name: "labels", shape: [golden.y.length], dtype: "int32" });
const parameters = golden.params.map((p, i) => variable({ name: `p${i}`, shape: shapeOf(p) }));
const values = new Map<Variable, ArrayLike<number>>([
  [x, flat(golden.x)],
  [labels, golden.y],
  ...parameters.map((p, i): [Variable, number[]] => [p, flat(golden.params[i])]),
]);

/** The golden network: tanh(x Wa + ba) Wb + bb with the mean cross-entropy. */
function objective(): Tensor {
  const [Wa, ba, Wb, bb] = parameters;
  const hidden = ops.tanh(ops.add(ops.matMul(x, Wa), ba));
  const logits = ops.add(ops.matMul(hidden, Wb), bb);
  const loss = createLoss({ kind: "categoricalCrossEntropy" });
  return ops.mean(
    loss.minimized({ output: logits, logits, probability: "softmax" }, { labels, classes: 3 }),
  );
}

function afterOneStep(sharpnessRadius: number): readonly Float64Array[] {
  const optimizer = createOptimizer(sgd({ learningRate: golden.lr, sharpnessRadius }));
  const weights: UpdatedWeight[] = parameters.map((p) => ({ variable: p, decays: false }));
  const updates = optimizer.updates(weights, optimizer.gradients(objective(), weights), {
    learningRate: ops.constant(golden.lr),
    step: ops.constant(0, "int32"),
  });
  const results = parameters.map((p) => updates.get(p) ?? p);
  return valuesOf(results, values);
}

describe("sharpness-aware minimization", () => {
  it("takes the gradient at the point of the golden step", () => {
    const slopes = sharpnessAwareGradients(objective(), parameters, golden.rho);
    valuesOf(slopes, values).forEach((slope, i) =>
      expectClose(slope, flat(golden.grad_perturbed[i]), FLOAT64),
    );
  });

  it("applies it where the weights are", () => {
    afterOneStep(golden.rho).forEach((value, i) =>
      expectClose(value, flat(golden.params_after[i]), FLOAT64),
    );
  });

  it("is plain descent with radius 0", () => {
    afterOneStep(0).forEach((value, i) =>
      expectClose(value, flat(golden.params_after_plain_sgd[i]), FLOAT64),
    );
  });

  it("draws the same masks in both passes", () => {
    const network = buildNetwork(nameLayers([dropout({ rate: 0.5 })]), [64]);
    const w = variable({ name: "w", shape: [1, 64] });
    const noise = { seed: 1, step: ops.constant(0, "int32") };
    const { output } = network.apply(w, { noise, training: true });
    const square = ops.sum(ops.square(output));
    const results = valuesOf(
      [...gradients(square, [w]), ...sharpnessAwareGradients(square, [w], 0.05)],
      new Map([[w, new Float64Array(64).fill(1)]]),
    );
    const dropped = results.map((slope) => slope.map((value) => Number(value === 0)));
    expect(dropped[1]).toEqual(dropped[0]);
    expect(results[1]).not.toEqual(results[0]);
  });
});
