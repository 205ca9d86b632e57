/** @file The generator of random programs keeps its own promises, or failures would mean nothing. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import { isVariable, operations, topologicalOrder, verify } from "../../src/graph/index.js";
import { randomGraph } from "./randomGraph.js";

const programs = Array.from({ length: 500 }, (_, seed) => randomGraph(seed));
const rootsOf = ({ outputs, updates }: (typeof programs)[number]) => [
  ...outputs,
  ...updates.values(),
];

test("the same seed gives the same program and values, another seed another", () => {
  const again = randomGraph(17);
  expect(again.description).toBe(programs[17].description);
  expect([...again.values.values()]).toEqual([...programs[17].values.values()]);
  expect(new Set(programs.map(({ description }) => description)).size).toBe(programs.length);
});

test("programs are well formed", () => programs.forEach((program) => verify(rootsOf(program))));

test("every value lies in the interval that the generator tracks", () => {
  for (const { values, known, description } of programs) {
    const entries = [...known.values()];
    const results = evaluate(
      entries.map(({ tensor }) => tensor),
      values,
    );
    entries.forEach(({ low, high, tensor }, i) => {
      const slack = 1e-9 * (1 + Math.max(Math.abs(low), Math.abs(high)));
      const outside = results[i].find((x) => !(x >= low - slack && x <= high + slack));
      expect(outside, `${tensor.op.name} in [${low}, ${high}]\n${description}`).toBeUndefined();
    });
  }
});

describe("among 500 programs", () => {
  test("every primitive occurs often", () => {
    const nodes = programs.flatMap((program) => topologicalOrder(rootsOf(program)));
    for (const { name } of operations) {
      const count = nodes.filter(({ op }) => op.name === name).length;
      expect(count, name).toBeGreaterThan(50);
    }
  });

  test("many update several variables, and many updates read another updated variable", () => {
    const several = programs.filter(({ updates }) => updates.size > 1);
    expect(several.length).toBeGreaterThan(100);
    const entangled = several.filter(({ updates }) =>
      [...updates].some(([place, value]) =>
        topologicalOrder([value]).some(
          (node) => node !== place && isVariable(node) && updates.has(node),
        ),
      ),
    );
    expect(entangled.length).toBeGreaterThan(50);
  });

  test("most results tell a right float32 value from one that is wrong by a hundredth", () => {
    const errors = programs.flatMap(({ outputs, known }) =>
      outputs.map((output) => known.get(output)?.error ?? Infinity),
    );
    const median = errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)];
    expect(median).toBeLessThan(1e-4);
    expect(errors[errors.length - 1]).toBeLessThanOrEqual(1e-2);
  });
});
