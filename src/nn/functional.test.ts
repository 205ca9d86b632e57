/** @file The functional form: it writes the list that one would write by hand. */
import { describe, expect, it } from "vitest";
import { connect, functional, input, listLayers } from "./functional.js";
import { add, concatenate, dense, dropout } from "./layers/all.js";
import { sequential } from "./model.js";

const block = () => {
  const x = input();
  const h = connect(dense({ units: 4, activation: "relu" }), x);
  const skipped = connect(dense({ units: 4 }), connect(dropout({ rate: 0.5 }), h));
  const sum = connect(add(), h, skipped);
  const output = connect(dense({ units: 2 }), connect(concatenate(), sum, x));
  return { input: x, output };
};

describe("the functional form", () => {
  it("names inputs only where they are not the layer before", () => {
    expect(listLayers(block())).toEqual([
      dense({ units: 4, activation: "relu" }),
      dropout({ rate: 0.5 }),
      dense({ units: 4 }),
      { ...add(), inputs: ["dense_1", "dense_2"] },
      { ...concatenate(), inputs: ["add_1", "input"] },
      dense({ units: 2 }),
    ]);
  });

  it("gives the model of the list: the same initial weights, the same predictions", async () => {
    const models = [functional(block()), sequential(listLayers(block()))];
    models.forEach((model) => {
      model.build({ inputShape: [3], seed: 5 });
    });
    expect(models[0].weights()).toEqual(models[1].weights());
    const rows = { features: Float32Array.of(1, -2, 3), featureShape: [3], scale: 1 };
    const [a, b] = await Promise.all(models.map((model) => model.predict(rows)));
    expect(a).toEqual(b);
    expect(a).toHaveLength(2);
  });

  it("calls layers by their own names", () => {
    const x = input();
    const h = connect({ ...dense({ units: 3 }), name: "first" }, x);
    const layers = listLayers({ input: x, output: connect(add(), h, x) });
    expect(layers[1].inputs).toEqual(["first", "input"]);
  });

  it("refuses a layer that is used twice", () => {
    const x = input();
    const layer = dense({ units: 3 });
    const output = connect(layer, connect(layer, x));
    expect(() => functional({ input: x, output })).toThrow(
      "functional: a layer must be connected once; got one dense twice, whose weights would be shared. " +
        "Make a second one with dense().",
    );
  });

  it("refuses a second input, a layer without one, and a spec that has its own", () => {
    const x = input();
    const output = connect(add(), x, connect(dense({ units: 3 }), input()));
    expect(() => functional({ input: x, output })).toThrow(
      "functional: there must be one input; got layers connected to another.",
    );
    expect(() => connect(add())).toThrow("connect: add must be connected to something");
    expect(() => connect({ ...add(), inputs: ["input"] }, x)).toThrow(
      "connect: add must get its inputs as arguments",
    );
  });
});
