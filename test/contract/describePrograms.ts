/** @file What every engine owes to programs and variables, apart from the primitives' values. */
import { describe, expect, test } from "vitest";
import { ops, variable, type DType, type Tensor, type Variable } from "../../src/graph/index.js";
import type { Engine, Program, ProgramDefinition } from "../../src/runtime/index.js";
import { UsageError } from "../../src/util/index.js";

export type EngineFactory = () => Engine | Promise<Engine>;

const ONE_TO_FIVE = [1, 2, 3, 4, 5];
const TENS = [10, 20, 30, 40, 50];
const vector = (name: string, dtype: DType = "float32"): Variable =>
  variable({ name, shape: [5], dtype });

async function run(engine: Engine, definition: Omit<ProgramDefinition, "name">): Promise<Program> {
  const program = await engine.compile({ name: "test", ...definition });
  program.run();
  return program;
}

/** Registers the tests of variables, updates, outputs and errors. */
export function describePrograms(createEngine: EngineFactory): void {
  describe("variables", () => describeVariables(createEngine));
  describe("updates", () => describeUpdates(createEngine));
  describe("outputs", () => describeOutputs(createEngine));
  describe("what does not fit gets its sentence", () => describeErrors(createEngine));
}

function describeVariables(createEngine: EngineFactory): void {
  test("start as zeros", async () => {
    const engine = await createEngine();
    const [x, unused] = [vector("x"), vector("unused")];
    const doubled = ops.add(x, x);
    const program = await run(engine, { outputs: [doubled] });
    expect([...program.read(doubled)]).toEqual([0, 0, 0, 0, 0]);
    expect([...engine.read(unused)]).toEqual([0, 0, 0, 0, 0]);
  });

  test("keep what was written before and after the first program that reads them", async () => {
    const engine = await createEngine();
    const x = vector("x");
    engine.write(x, ONE_TO_FIVE);
    const negated = ops.negate(x);
    const program = await run(engine, { outputs: [negated] });
    expect([...engine.read(x)]).toEqual(ONE_TO_FIVE);
    engine.write(x, TENS);
    program.run();
    expect([...program.read(negated)]).toEqual([-10, -20, -30, -40, -50]);
  });

  test("are shared by an engine's programs, also by one compiled later", async () => {
    const engine = await createEngine();
    const x = vector("x");
    const step = await engine.compile({ name: "step", updates: new Map([[x, ops.add(x, 1)]]) });
    step.run();
    step.run();
    const squared = ops.square(x);
    const second = await run(engine, { outputs: [squared] });
    expect([...second.read(squared)]).toEqual([4, 4, 4, 4, 4]);
    step.run();
    second.run();
    expect([...second.read(squared)]).toEqual([9, 9, 9, 9, 9]);
  });

  test("of one name are different places, and engines share none", async () => {
    const [engine, other] = [await createEngine(), await createEngine()];
    const [x, twin] = [vector("x"), vector("x")];
    engine.write(x, ONE_TO_FIVE);
    expect([...engine.read(twin)]).toEqual([0, 0, 0, 0, 0]);
    expect([...other.read(x)]).toEqual([0, 0, 0, 0, 0]);
  });

  test("are written and read as copies", async () => {
    const engine = await createEngine();
    const x = vector("x");
    const mine = Float32Array.from(ONE_TO_FIVE);
    engine.write(x, mine);
    mine.fill(9);
    engine.read(x).fill(8);
    expect([...engine.read(x)]).toEqual(ONE_TO_FIVE);
  });

  test("keep their values while memory grows", async () => {
    const engine = await createEngine();
    const x = vector("x");
    engine.write(x, ONE_TO_FIVE);
    const before = await run(engine, { outputs: [ops.negate(x)] });
    const large = variable({ name: "large", shape: [700, 1000] });
    engine.write(large, new Float32Array(700_000).fill(0.5));
    const total = ops.add(ops.sum(large), ops.sum(x));
    const after = await run(engine, { outputs: [total] });
    expect([...after.read(total)]).toEqual([350_015]);
    before.run();
    expect([...engine.read(x)]).toEqual(ONE_TO_FIVE);
  });

  test.each<[DType, number[]]>([
    ["float32", [0.5, -0, 1e-40, -Infinity, NaN]],
    ["int32", [0, -1, 2 ** 31 - 1, -(2 ** 31), 7]],
    ["uint8", [0, 1, 127, 128, 255]],
    ["bool", [0, 1, 1, 0, 1]],
  ])("of dtype %s give back what was written", async (dtype, written) => {
    const engine = await createEngine();
    const x = vector("x", dtype);
    engine.write(x, written);
    expect([...engine.read(x)]).toEqual(dtype === "float32" ? written.map(Math.fround) : written);
  });
}

function describeUpdates(createEngine: EngineFactory): void {
  const square = variable({ name: "square", shape: [3, 3] });
  const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

  /** The values of variables after one run of the updates. */
  async function after(
    updates: readonly (readonly [Variable, Tensor])[],
    given: readonly (readonly [Variable, readonly number[]])[],
  ): Promise<number[][]> {
    const engine = await createEngine();
    given.forEach(([place, values]) => engine.write(place, values));
    await run(engine, { updates: new Map(updates) });
    return given.map(([place]) => [...engine.read(place)]);
  }

  const [a, b] = [vector("a"), vector("b")];
  const start = [
    [a, ONE_TO_FIVE],
    [b, TENS],
  ] as const;

  test("may copy, and swap", async () => {
    expect(await after([[a, b]], start)).toEqual([TENS, TENS]);
    const swapped = [
      [a, b],
      [b, a],
    ] as const;
    expect(await after(swapped, start)).toEqual([TENS, ONE_TO_FIVE]);
  });

  test("all see the values from before the run, in either order", async () => {
    const updates = [
      [a, ops.add(a, b)],
      [b, ops.multiply(b, ops.sum(a))],
    ] as const;
    const expected = [
      [11, 22, 33, 44, 55],
      [150, 300, 450, 600, 750],
    ];
    expect(await after(updates, start)).toEqual(expected);
    expect(await after([...updates].reverse(), start)).toEqual(expected);
  });

  test("may give one tensor to several variables", async () => {
    const shared = ops.subtract(a, b);
    const expected = [-9, -18, -27, -36, -45];
    const updates = [
      [a, shared],
      [b, shared],
    ] as const;
    expect(await after(updates, start)).toEqual([expected, expected]);
  });

  test.each<[string, Tensor, number[]]>([
    ["transpose", ops.transpose(square, [1, 0]), [1, 4, 7, 2, 5, 8, 3, 6, 9]],
    ["product", ops.matMul(square, square), [30, 36, 42, 66, 81, 96, 102, 126, 150]],
    [
      "gathered rows",
      ops.gatherRows(square, ops.subtract(2, ops.iota([3], 0))),
      [7, 8, 9, 4, 5, 6, 1, 2, 3],
    ],
    [
      "sums, repeated",
      ops.add(ops.multiply(square, 0), ops.sum(square, [0])),
      [12, 15, 18, 12, 15, 18, 12, 15, 18],
    ],
    [
      "difference from its mean",
      ops.subtract(square, ops.multiply(ops.sum(square), 0.125)),
      DIGITS.map((digit) => digit - 5.625),
    ],
  ])("may replace a variable by its own %s", async (_, update, expected) => {
    expect(await after([[square, update]], [[square, DIGITS]])).toEqual([expected]);
  });

  test.each<DType>(["int32", "uint8", "bool"])("reach variables of dtype %s", async (dtype) => {
    const [x, y] = [vector("x", dtype), vector("y", dtype)];
    const reversed = ops.gatherRows(x, ops.subtract(4, ops.iota([5], 0)));
    const given = [
      [x, [0, 1, 0, 1, 1]],
      [y, [1, 1, 1, 1, 1]],
    ] as const;
    expect(await after([[y, reversed]], given)).toEqual([
      [0, 1, 0, 1, 1],
      [1, 1, 0, 1, 0],
    ]);
  });

  test("accumulate over runs", async () => {
    const engine = await createEngine();
    const count = variable({ name: "count", shape: [], dtype: "int32" });
    const program = await engine.compile({
      name: "count",
      updates: new Map([[count, ops.add(count, 1)]]),
    });
    for (let i = 0; i < 10; i++) program.run();
    expect([...engine.read(count)]).toEqual([10]);
  });
}

function describeOutputs(createEngine: EngineFactory): void {
  test("and updates see the same values, also where an output is the variable or a view", async () => {
    const engine = await createEngine();
    const x = vector("x");
    engine.write(x, ONE_TO_FIVE);
    const column = ops.reshape(x, [5, 1]);
    const next = ops.add(x, 1);
    const program = await run(engine, {
      outputs: [x, column, next],
      updates: new Map([[x, next]]),
    });
    expect([...program.read(x)]).toEqual(ONE_TO_FIVE);
    expect([...program.read(column)]).toEqual(ONE_TO_FIVE);
    expect([...program.read(next)]).toEqual([2, 3, 4, 5, 6]);
    expect([...engine.read(x)]).toEqual([2, 3, 4, 5, 6]);
  });

  test("may be listed twice, be equal, be constant, or be the input of another", async () => {
    const engine = await createEngine();
    const x = vector("x");
    engine.write(x, ONE_TO_FIVE);
    const [tripled, equal] = [ops.multiply(x, 3), ops.multiply(x, 3)];
    const total = ops.sum(tripled);
    const two = ops.add(ops.constant(1), 1);
    const program = await run(engine, { outputs: [total, tripled, tripled, equal, two] });
    expect([...program.read(tripled)]).toEqual([3, 6, 9, 12, 15]);
    expect([...program.read(equal)]).toEqual([3, 6, 9, 12, 15]);
    expect([...program.read(total)]).toEqual([45]);
    expect([...program.read(two)]).toEqual([2]);
  });

  test("are copies, and last until their program's next run", async () => {
    const engine = await createEngine();
    const x = vector("x");
    engine.write(x, ONE_TO_FIVE);
    const [doubled, tripled] = [ops.multiply(x, 2), ops.multiply(x, 3)];
    const first = await run(engine, { outputs: [doubled] });
    const second = await run(engine, { outputs: [tripled] });
    first.read(doubled).fill(0);
    expect([...first.read(doubled)]).toEqual([2, 4, 6, 8, 10]);
    expect([...second.read(tripled)]).toEqual([3, 6, 9, 12, 15]);
    engine.write(x, TENS);
    expect([...first.read(doubled)]).toEqual([2, 4, 6, 8, 10]);
  });

  test("have the same bits in every run", async () => {
    const engine = await createEngine();
    const x = variable({ name: "x", shape: [33, 17] });
    engine.write(
      x,
      Float32Array.from({ length: 33 * 17 }, (_, i) => Math.sin(i)),
    );
    const y = ops.sum(ops.tanh(ops.matMul(x, x, { transposeB: true })), [1]);
    const program = await run(engine, { outputs: [y] });
    const once = program.read(y);
    program.run();
    expect(program.read(y)).toEqual(once);
  });
}

function describeErrors(createEngine: EngineFactory): void {
  test("a program without output and update", async () => {
    const engine = await createEngine();
    await expect(async () => engine.compile({ name: "train" })).rejects.toThrow(
      new UsageError("Program train: must have an output or an update; got neither."),
    );
  });

  test("an update of another shape", async () => {
    const engine = await createEngine();
    const updates = new Map([[vector("x"), ops.constant(1)]]);
    await expect(async () => engine.compile({ name: "train", updates })).rejects.toThrow(
      new UsageError("Program train: the update of x must be [5] float32; got [] float32."),
    );
  });

  test("a write of another length", async () => {
    const engine = await createEngine();
    expect(() => engine.write(vector("x"), [1, 2, 3])).toThrow(
      new UsageError("write: x must get 5 values for [5] float32; got 3."),
    );
  });

  test("a read of what is no output", async () => {
    const engine = await createEngine();
    const x = vector("x");
    const program = await run(engine, { outputs: [ops.negate(x)] });
    expect(() => program.read(ops.exp(x))).toThrow("no such output");
  });
}
