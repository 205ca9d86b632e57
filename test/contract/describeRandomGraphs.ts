/** @file Every engine computes random programs, and their gradients, as the float64 judge does. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import { gradients, ops, type Tensor } from "../../src/graph/index.js";
import type { Engine } from "../../src/runtime/index.js";
import type { EngineFactory } from "./describePrograms.js";
import { randomGraph, type RandomProgram } from "./randomGraph.js";
import { findMismatches } from "./values.js";

const GRADIENTS = 100;
const GRAPHS_IN_A_TEST = 50;
/** On top of the worst case that the generator tracks: what float32 makes of nearly nothing. */
const ABSOLUTE = 1e-6;

/** @param graphs - how many programs, a multiple of 50 */
export function describeRandomGraphs(createEngine: EngineFactory, graphs: number): void {
  const firstsOf = (count: number): number[] =>
    Array.from({ length: count / GRAPHS_IN_A_TEST }, (_, i) => i * GRAPHS_IN_A_TEST);
  async function expectAll(
    first: number,
    compare: (engine: Engine, program: RandomProgram) => Promise<string[]>,
  ): Promise<void> {
    for (let seed = first; seed < first + GRAPHS_IN_A_TEST; seed++) {
      const program = randomGraph(seed);
      const mismatches = await compare(await createEngine(), program);
      if (mismatches.length > 0) expect.fail([...mismatches, program.description].join("\n"));
    }
  }
  describe(`${graphs} random programs equal the judge`, () => {
    test.each(firstsOf(graphs))(`${GRAPHS_IN_A_TEST} from seed %i`, (first) =>
      expectAll(first, compareProgram),
    );
  });
  describe(`the gradients of ${GRADIENTS} random programs equal the judge's`, () => {
    test.each(firstsOf(GRADIENTS))(`${GRAPHS_IN_A_TEST} from seed %i`, (first) =>
      expectAll(first, compareGradients),
    );
  });
}

/** Outputs and all variables after one run, against the judge. */
async function compareProgram(engine: Engine, definition: RandomProgram): Promise<string[]> {
  const { outputs, updates, values, known } = definition;
  for (const [variable, initial] of values) engine.write(variable, initial);
  const program = await engine.compile({ name: "random", outputs, updates });
  program.run();
  const results = outputs.map((output) => ({ root: output, actual: program.read(output) }));
  for (const variable of values.keys()) {
    results.push({ root: updates.get(variable) ?? variable, actual: engine.read(variable) });
  }
  const expected = evaluate(
    results.map(({ root }) => root),
    values,
  );
  return results.flatMap(({ root, actual }, i) => {
    const error = known.get(root)?.error ?? 0;
    const tolerance = { relative: 0, absolute: error === 0 ? 0 : error + ABSOLUTE };
    const what = i < outputs.length ? `output ${i}` : `variable ${i - outputs.length}`;
    return findMismatches(actual, expected[i], tolerance).map((line) => `${what}${line}`);
  });
}

/**
 * The gradient of all float32 outputs in all float32 variables. How much of it float32 loses is not
 * tracked: as much as the judge's own gradient moves with its inputs by some roundings, and a
 * thousandth of its largest element.
 */
async function compareGradients(engine: Engine, definition: RandomProgram): Promise<string[]> {
  const { values } = definition;
  const slopes = slopesOf(definition);
  if (slopes.length === 0) return [];
  for (const [variable, initial] of values) engine.write(variable, initial);
  const program = await engine.compile({ name: "gradients", outputs: slopes });
  program.run();
  const nudged = new Map(
    [...values].map(([variable, list]) => [
      variable,
      variable.dtype === "float32" ? list.map((x) => x * (1 + 1e-6) + 1e-7) : list,
    ]),
  );
  const [expected, moved] = [evaluate(slopes, values), evaluate(slopes, nudged)];
  return slopes.flatMap((slope, i) => {
    const largest = Math.max(...expected[i].map(Math.abs));
    const scale = expected[i].map((value, k) => 2e4 * Math.abs(value - moved[i][k]) + largest);
    const tolerance = { relative: 1e-3, absolute: 1e-4 };
    const mismatches = findMismatches(program.read(slope), expected[i], tolerance, scale);
    return mismatches.map((line) => `gradient ${i}${line}`);
  });
}

function slopesOf({ outputs, values }: RandomProgram): Tensor[] {
  const floats = outputs.filter(({ dtype }) => dtype === "float32");
  const target = floats.map((output) => ops.sum(output)).reduce(ops.add, ops.constant(0));
  return gradients(
    target,
    [...values.keys()].filter(({ dtype }) => dtype === "float32"),
  );
}
