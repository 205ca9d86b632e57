/** @file Every engine computes random programs as the float64 judge does. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import type { Engine } from "../../src/runtime/index.js";
import type { EngineFactory } from "./describePrograms.js";
import { randomGraph, type RandomProgram } from "./randomGraph.js";
import { findMismatches } from "./values.js";

const GRAPHS = 500;
const GRAPHS_IN_A_TEST = 50;
/** On top of the worst case that the generator tracks: float32 input of nearly nothing. */
const ABSOLUTE = 1e-6;

export function describeRandomGraphs(createEngine: EngineFactory): void {
  const firsts = Array.from({ length: GRAPHS / GRAPHS_IN_A_TEST }, (_, i) => i * GRAPHS_IN_A_TEST);
  describe(`${GRAPHS} random graphs equal the judge`, () => {
    test.each(firsts)(`${GRAPHS_IN_A_TEST} from seed %i`, async (first) => {
      for (let seed = first; seed < first + GRAPHS_IN_A_TEST; seed++) {
        const program = randomGraph(seed);
        const mismatches = await runProgram(await createEngine(), program);
        if (mismatches.length > 0) expect.fail([...mismatches, program.description].join("\n"));
      }
    });
  });
}

/** Outputs and all variables after one run, against the judge. */
async function runProgram(engine: Engine, definition: RandomProgram): Promise<string[]> {
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
