/** @file Window kernels give the same bits for every register tile, division of work and state of memory. */
import { describe, expect, it } from "vitest";
import { drawValues } from "../../../../test/contract/values.js";
import { windowCases } from "../../../../test/contract/windowCases.js";
import { sizeOf, variable, type Tensor } from "../../../graph/index.js";
import { randomStream } from "../../../util/index.js";
import type { Buffer } from "../../kernel.js";
import { byteSize, pack, unpack } from "../../layout.js";
import { lower } from "../../lower/index.js";
import type { TileSize } from "../product/plan.js";
import { kernelUnits, printModule, scratchSize } from "../module.js";

type Case = (typeof windowCases)["conv2d"][number];

interface Way {
  readonly tile: TileSize;
  /** The order in which the units are run, one by one; all at once without it. */
  readonly order?: (units: number) => number[];
  /** What memory holds beforehand, wherever nothing was written. */
  readonly garbage: number;
}

type Main = (begin: number, end: number, scratch: number) => void;

const MEMORY = { minimum: 64, maximum: 64, shared: false };

function known(buffer: Buffer | undefined): Buffer {
  if (buffer === undefined) throw new Error("a tensor without a buffer");
  return buffer;
}

async function compute({ inputs: specs, build, title }: Case, way: Way): Promise<Float32Array> {
  const inputs = specs.map(({ shape, dtype }, i) => variable({ name: `input${i}`, shape, dtype }));
  const result = build(inputs);
  const buffers = new Map<Tensor, Buffer>(
    inputs.map((input, i) => [input, { ...input, role: "variable", name: `input${i}` }]),
  );
  const placeOf = (input: Tensor): Buffer => known(buffers.get(input));
  const { kernels, outputs } = lower({ outputs: [result], updates: new Map() }, placeOf);
  const output = known(outputs.get(result));
  const addresses = new Map<Buffer, number>();
  let next = 64;
  for (const buffer of [...buffers.values(), output]) {
    addresses.set(buffer, next);
    next += byteSize(buffer.shape, buffer.dtype);
  }
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64 });
  expect(next + scratchSize(kernels, way.tile)).toBeLessThan(memory.buffer.byteLength);
  new Float32Array(memory.buffer).fill(way.garbage);
  const view = (buffer: Buffer): Float32Array =>
    new Float32Array(memory.buffer).subarray((addresses.get(buffer) ?? NaN) / 4);
  const stream = randomStream(5, title);
  inputs.forEach((input, i) => {
    pack(drawValues(specs[i], stream), view(placeOf(input)), input);
  });
  const { code } = printModule(kernels, {
    addressOf: (buffer) => addresses.get(buffer) ?? NaN,
    addressOfKey: () => NaN,
    scratch: next,
    memory: MEMORY,
    target: { relaxed: false },
    tile: way.tile,
  });
  const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
  expect(kernels).toHaveLength(1);
  const main = instance.exports.window_0 as Main;
  const units = kernelUnits(kernels[0], way.tile);
  if (way.order === undefined) main(0, units, next);
  else way.order(units).forEach((unit) => main(unit, unit + 1, next));
  const values = new Float32Array(sizeOf(result.shape));
  unpack(view(output), values, result);
  return values;
}

const backwards = (units: number): number[] =>
  Array.from({ length: units }, (_, i) => units - 1 - i);

describe.each(Object.entries(windowCases))("%s", (_, cases) => {
  it.each(cases as readonly Case[])("$title", async (one) => {
    const expected = await compute(one, { tile: { rows: 4, columns: 8 }, garbage: 0 });
    const ways: readonly Way[] = [
      { tile: { rows: 3, columns: 8 }, garbage: 0 },
      { tile: { rows: 4, columns: 16 }, garbage: 0 },
      { tile: { rows: 2, columns: 16 }, garbage: NaN, order: backwards },
      { tile: { rows: 4, columns: 8 }, garbage: 0, order: backwards },
      { tile: { rows: 4, columns: 8 }, garbage: NaN },
    ];
    for (const way of ways) expect(await compute(one, way)).toEqual(expected);
  });
});
