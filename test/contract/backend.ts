/** @file What every engine owes: each primitive's values, checked against the float64 judge. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/codegen/index.js";
import {
  operations,
  sizeOf,
  variable,
  type DType,
  type Operation,
  type Tensor,
  type Variable,
} from "../../src/graph/index.js";
import type { Engine, Values } from "../../src/runtime/index.js";
import { randomStream } from "../../src/util/index.js";
import { SHAPES } from "./caseParts.js";
import { describeFusion } from "./describeFusion.js";
import { describePrograms, type EngineFactory } from "./describePrograms.js";
import { describeRandomGraphs } from "./describeRandomGraphs.js";
import { opCases, type OpCase } from "./opCases.js";
import { drawValues, findMismatches, SUMMED } from "./values.js";

/**
 * Registers the whole contract for one kind of engine: all primitives at all cases and at their
 * extremes, the rules of programs and variables, and random graphs.
 *
 * @param options.graphs - how many random graphs, default 500
 */
export function describeBackend(
  createEngine: EngineFactory,
  { graphs = 500 }: { readonly graphs?: number } = {},
): void {
  describe.each(operations.map(({ name }) => name))("%s equals the judge", (name) => {
    test.each(opCases[name])("$title", (opCase) => expectCase(opCase, createEngine));
  });
  const careful = operations.filter(({ samples }) => samples?.extremes !== undefined);
  test.each(careful)("$name equals the judge at its extremes", (op) =>
    expectExtremes(op, createEngine),
  );
  describePrograms(createEngine);
  describeFusion(createEngine);
  describeRandomGraphs(createEngine, graphs);
}

async function expectCase(opCase: OpCase, createEngine: EngineFactory): Promise<void> {
  const stream = randomStream(3, opCase.title);
  const values = opCase.inputs.map((spec) => drawValues(spec, stream));
  await expectJudged(opCase, values, createEngine);
}

/** Every extreme in every input, in each lane of a vector, beside an ordinary value. */
async function expectExtremes(op: Operation, createEngine: EngineFactory): Promise<void> {
  const { range = [], extremes = [] } = op.samples ?? {};
  const points = [...extremes, ...range].map(Math.fround);
  const longest = SHAPES[SHAPES.length - 1];
  const fitting = opCases[op.name].filter(({ inputs }) =>
    inputs.every(({ dtype, shape }) => dtype === "float32" && sizeOf(shape) === sizeOf(longest)),
  );
  expect(fitting.length).toBeGreaterThan(0);
  for (const opCase of fitting) {
    const values = opCase.inputs.map(({ shape }, input) =>
      // Input 0 cycles through the points; input 1 meets each of them with each of input 0's.
      Float64Array.from(
        { length: sizeOf(shape) },
        (_, i) => points[(input === 0 ? i : i + Math.floor(i / points.length)) % points.length],
      ),
    );
    await expectJudged(opCase, values, createEngine);
  }
}

async function expectJudged(
  { inputs: specs, build, tolerance, title }: OpCase,
  values: readonly Float64Array[],
  createEngine: EngineFactory,
): Promise<void> {
  const inputs = specs.map(({ shape, dtype }, i) => variable({ name: `input${i}`, shape, dtype }));
  const result = build(inputs);
  const actual = await runOnce(await createEngine(), inputs, values, result);
  const judge = (list: readonly Float64Array[]): Float64Array =>
    evaluate([result], new Map(inputs.map((input, i) => [input, list[i]])))[0];
  const expected = judge(values);
  const scale = tolerance === SUMMED ? judge(values.map((list) => list.map(Math.abs))) : expected;
  expect(actual).toBeInstanceOf(arrayOf(result.dtype));
  expect(findMismatches(actual, expected, tolerance, scale), title).toEqual([]);
}

async function runOnce(
  engine: Engine,
  inputs: readonly Variable[],
  values: readonly Float64Array[],
  result: Tensor,
): Promise<Values> {
  inputs.forEach((input, i) => engine.write(input, values[i]));
  const program = await engine.compile({ name: "case", outputs: [result] });
  program.run();
  return program.read(result);
}

function arrayOf(dtype: DType) {
  if (dtype === "float32") return Float32Array;
  return dtype === "uint8" ? Uint8Array : Int32Array;
}
