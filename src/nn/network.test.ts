/** @file How layers get names, shapes and initial weights. */
import { describe, expect, it } from "vitest";
import { dense } from "./layers/dense.js";
import { dropout } from "./layers/dropout.js";
import { flatten } from "./layers/flatten.js";
import { maxPooling2d } from "./layers/maxPooling2d.js";
import { acceptsRows, buildNetwork, initialValues } from "./network.js";
import { nameLayers } from "./wiring.js";

const build = (specs: Parameters<typeof nameLayers>[0], shape: readonly number[]) =>
  buildNetwork(nameLayers(specs), shape);
const hidden = dense({ units: 4, activation: "relu" });
const head = dense({ units: 2, activation: "softmax" });

describe("a network", () => {
  it("numbers its layers by kind", () => {
    const { layers } = build([hidden, dropout(), hidden, dropout(), head], [3]);
    expect(layers.map(({ name }) => name)).toEqual([
      "dense_1",
      "dropout_1",
      "dense_2",
      "dropout_2",
      "dense_3",
    ]);
  });

  it("has the same initial weights with and without dropout", () => {
    const without = build([hidden, hidden, head], [3]);
    const withDropout = build([dropout(), hidden, dropout(), hidden, dropout(), head], [3]);
    expect(initialValues(withDropout, 5)).toEqual(initialValues(without, 5));
  });

  it("draws other initial weights for another seed and for each layer", () => {
    const network = build([hidden, dense({ units: 4 }), head], [4]);
    const [first, , second] = initialValues(network, 5);
    expect(first).not.toEqual(second);
    expect(first).not.toEqual(initialValues(network, 6)[0]);
  });

  it("reads images as vectors if its first layer with a choice takes vectors", () => {
    expect(build([head], [28, 28]).inputShape).toEqual([784]);
    expect(build([dropout(), head], [28, 28]).inputShape).toEqual([784]);
    expect(build([flatten(), head], [28, 28]).inputShape).toEqual([784]);
    expect(build([flatten()], [28, 28]).inputShape).toEqual([28, 28]);
  });

  it("accepts rows of any shape for a vector of their size", () => {
    const network = build([head], [28, 28]);
    expect(acceptsRows(network, [784])).toBe(true);
    expect(acceptsRows(network, [14, 56])).toBe(true);
    expect(acceptsRows(network, [783])).toBe(false);
    expect(acceptsRows(build([flatten()], [28, 28]), [784])).toBe(false);
  });

  it("reads rows of two axes as images of one channel if that layer takes images", () => {
    const network = build([maxPooling2d()], [28, 28]);
    expect(network.inputShape).toEqual([28, 28, 1]);
    expect(acceptsRows(network, [28, 28])).toBe(true);
    expect(acceptsRows(network, [28, 28, 1])).toBe(true);
    expect(acceptsRows(network, [784])).toBe(false);
    expect(build([maxPooling2d()], [32, 32, 3]).inputShape).toEqual([32, 32, 3]);
  });

  it("refuses layers that it does not know, with the nearest name", () => {
    expect(() => nameLayers([{ kind: "dens", units: 1 }])).toThrow(
      'Unknown layer "dens"; did you mean "dense"?',
    );
    expect(() => nameLayers([])).toThrow("sequential: there must be at least one layer; got none.");
  });

  it("refuses values of a spec that no layer function has checked", () => {
    expect(() => nameLayers([{ kind: "dropout", rate: 1 }])).toThrow(
      "Dropout: rate must be a number in [0, 1); got 1. Use rate 0 to switch it off.",
    );
    expect(() => nameLayers([{ kind: "dense" }])).toThrow("Dense: units must be given");
  });
});
