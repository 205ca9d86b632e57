/** @file DropConnect: the contract of layers, its masks seen through a kernel of ones, and its off value. */
import { describe, expect, it } from "vitest";
import { describeLayer } from "../../../test/contract/describeLayer.js";
import { engines } from "../../../test/contract/engines.js";
import { expectClose, valuesOf } from "../../../test/contract/numbers.js";
import { toyData } from "../../../test/contract/toyData.js";
import { ops, variable, type Variable } from "../../graph/index.js";
import { sequential } from "../model.js";
import { buildNetwork } from "../network.js";
import { sgd } from "../optimizers/sgd.js";
import { nameLayers } from "../wiring.js";
import type { LayerSpec } from "./define.js";
import { dense } from "./dense.js";
import { dropConnect } from "./dropConnect.js";

describeLayer("dropConnect", {
  make: dropConnect,
  random: true,
  inference: "mean",
  examples: [
    { spec: dropConnect({ units: 5, rate: 0.3 }), inputShape: [4] },
    { spec: dropConnect({ units: 5, rate: 0.3, mask: "row" }), inputShape: [4] },
    { spec: dropConnect({ units: 2, rate: 0.8, useBias: false }), inputShape: [3, 2] },
  ],
  sentences: [
    [{}, "DropConnect: units must be given; got nothing."],
    [{ units: 2, rate: 1 }, "DropConnect: rate must be a number in [0, 1); got 1. Use rate 0"],
    [{ units: 2, rate: 1e-7 }, "DropConnect: rate must be 0 or lie in [0.00001, 0.99999]"],
    [{ units: 2, mask: "rows" }, 'DropConnect: Unknown mask "rows"; did you mean "row"?'],
    [{ units: 2, activation: "relo" }, 'DropConnect: Unknown activation "relo"'],
  ],
});

/** The layer's masks as they act: rows that each pick one input, through a kernel of ones. */
function masks(mask: "batch" | "row", rate: number) {
  const [inputs, units] = [40, 50];
  const spec = dropConnect({ units, rate, mask, useBias: false });
  const network = buildNetwork(nameLayers([spec]), [inputs]);
  const x = variable({ name: "x", shape: [2 * inputs, inputs] });
  const picks = Float64Array.from({ length: 2 * inputs * inputs }, (_, i) =>
    Number(Math.floor(i / inputs) % inputs === i % inputs),
  );
  const values = new Map<Variable, ArrayLike<number>>([
    [x, picks],
    [network.weights[0].variable, new Float64Array(inputs * units).fill(1)],
  ]);
  const noise = { seed: 3, step: ops.constant(0, "int32") };
  const outputs = network.apply(x, { noise }).output;
  const [y] = valuesOf([outputs], values);
  const half = inputs * units;
  return { outputs, values, first: y.slice(0, half), second: y.slice(half) };
}

describe("dropConnect", () => {
  it.each([0.2, 0.7])("drops a share of %d of the weights and scales the others up", (rate) => {
    const { first } = masks("batch", rate);
    const n = first.length;
    const dropped = first.filter((value) => value === 0).length / n;
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
    expect(new Set(first)).toEqual(new Set([0, 1 / (1 - rate)]));
  });

  it("has one mask for a batch, or one for each row", () => {
    const shared = masks("batch", 0.5);
    expect(shared.second).toEqual(shared.first);
    const own = masks("row", 0.5);
    const n = own.first.length;
    const agreeing = own.first.filter((value, i) => value === own.second[i]).length / n;
    expect(Math.abs(agreeing - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n));
  });

  it.each(engines.flatMap((engine) => (["batch", "row"] as const).map((m) => ({ engine, m }))))(
    "drops the same weights on $engine.name (mask: $m)",
    async ({ engine: { create, tolerance }, m }) => {
      const { outputs, values, first, second } = masks(m, 0.3);
      const engine = await create();
      values.forEach((value, target) => {
        engine.write(target, value);
      });
      const program = await engine.compile({ name: "dropConnect", outputs: [outputs] });
      program.run();
      expectClose(program.read(outputs), [...first, ...second], tolerance);
    },
  );

  it("trains like dense at rate 0, bit for bit", async () => {
    const options = { units: 8, activation: "relu" } as const;
    const train = async (hidden: LayerSpec) => {
      const model = sequential([
        { ...hidden, name: "hidden" },
        { ...dense({ units: 3, activation: "softmax" }), name: "output" },
      ]);
      await model.fit(toyData(50), {
        optimizer: sgd({ learningRate: 0.1 }),
        loss: "categoricalCrossEntropy",
        epochs: 3,
        batchSize: 16,
      });
      return model.weights();
    };
    const off = await train(dropConnect({ ...options, rate: 0 }));
    expect(off).toEqual(await train(dense(options)));
    expect(await train(dropConnect({ ...options, rate: 0.1 }))).not.toEqual(off);
  });
});
