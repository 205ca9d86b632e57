import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ops, sizeOf, variable, type Tensor } from "../../graph/index.js";
import { byteSize, rowStride } from "../layout.js";
import { lower } from "../lower/index.js";
import { buffersRead, buffersWritten, type Buffer, type Kernel } from "../kernel.js";
import { plainLibrary } from "../../../test/contract/plainLibrary.js";
import { handOver } from "./product/library.js";
import type { TileSize } from "./product/plan.js";
import { kernelUnits, printModule, readAhead, scratchSize } from "./module.js";

interface Machine {
  readonly relaxed: boolean;
  readonly tile: TileSize;
  /** Whether what computes pairs of vectors has a module of its own. */
  readonly pairsApart?: boolean;
  /** Whether a library multiplies. */
  readonly library?: boolean;
  /** Cuts a kernel's units into ranges, which run one after another. */
  readonly cuts: (units: number) => readonly number[];
}

const WHOLE: Machine = { relaxed: false, tile: { rows: 4, columns: 8 }, cuts: () => [] };

/**
 * Runs the program that adds a tensor to a variable in place, so that work done twice shows. Every
 * buffer has its own address; variables hold a fixed pattern.
 */
function run(
  output: Tensor,
  { relaxed, tile, pairsApart = false, library = false, cuts }: Machine,
): Uint8Array {
  const variables = new Map<Tensor, Buffer>();
  const place = (node: Tensor): Buffer => {
    const known = variables.get(node);
    if (known !== undefined) return known;
    const buffer: Buffer = { role: "variable", name: "v", shape: node.shape, dtype: node.dtype };
    variables.set(node, buffer);
    return buffer;
  };
  const total = variable({ name: "total", shape: output.shape });
  const updates = new Map([[total, ops.add(total, output)]]);
  const lowered = lower({ outputs: [], updates }, place).kernels;
  const kernels = library ? handOver(lowered, -Infinity) : lowered;
  const addresses = new Map<Buffer, number>();
  let next = 64;
  for (const buffer of kernels.flatMap((k: Kernel) => [...buffersRead(k), ...buffersWritten(k)])) {
    if (addresses.has(buffer)) continue;
    addresses.set(buffer, next);
    next += byteSize(buffer.shape, buffer.dtype);
  }
  const pages = Math.ceil((next + scratchSize(kernels, tile) + readAhead(kernels)) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const addressOf = (buffer: Buffer): number => addresses.get(buffer) ?? Number.NaN;
  for (const buffer of variables.values()) {
    const values = new Float32Array(
      memory.buffer,
      addressOf(buffer),
      byteSize(buffer.shape, "float32") / 4,
    );
    values.forEach((_, i) => (values[i] = Math.fround(((i * 37) % 101) / 50 - 1)));
  }
  const { code, pairs } = printModule(kernels, {
    addressOf,
    addressOfKey: () => Number.NaN,
    scratch: next,
    target: { relaxed },
    tile,
    pairsApart,
    memory: { minimum: pages, maximum: pages, shared: false },
  });
  const env = { memory, multiply: plainLibrary().multiplyIn(memory) };
  const load = (bytes: BufferSource, imports: WebAssembly.ModuleImports) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: imports });
  const instance = load(code, { ...env, ...(pairs && load(pairs, env).exports) });
  kernels.forEach((kernel, i) => {
    const call = instance.exports[`${kernel.kind}_${i}`] as (
      begin: number,
      end: number,
      scratch: number,
    ) => void;
    const units = kernelUnits(kernel, tile);
    const bounds = [0, ...cuts(units).toSorted((a, b) => a - b), units];
    bounds.slice(1).forEach((end, j) => {
      call(bounds[j], end, next);
    });
  });
  return logicalBytes(memory, addressOf(place(total)), output);
}

/** The elements alone: what lies in the padding is nobody's. */
function logicalBytes(
  memory: WebAssembly.Memory,
  address: number,
  { shape, dtype }: Tensor,
): Uint8Array {
  const rows = shape.length < 2 ? 1 : shape[0];
  const length = (sizeOf(shape) / rows) * 4;
  const stride = shape.length < 2 ? 0 : rowStride(shape, dtype) * 4;
  const bytes = Array.from({ length: rows }, (_, row) => [
    ...new Uint8Array(memory.buffer, address + row * stride, length),
  ]);
  return Uint8Array.from(bytes.flat());
}

const size = fc.integer({ min: 1, max: 40 });
/** Left-hand matrices on both sides of the size from which they are packed. */
const longSize = fc.integer({ min: 1, max: 80 });
const flag = fc.boolean();
const tiles = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  columns: fc.constantFrom(8, 16),
});

const products = fc
  .record({
    rows: longSize,
    inner: longSize,
    columns: size,
    transposeA: flag,
    transposeB: flag,
    bias: flag,
  })
  .map(({ rows, inner, columns, transposeA, transposeB, bias }) => {
    const a = variable({ name: "a", shape: transposeA ? [inner, rows] : [rows, inner] });
    const b = variable({ name: "b", shape: transposeB ? [columns, inner] : [inner, columns] });
    const product = ops.matMul(a, b, { transposeA, transposeB });
    return bias ? ops.relu(ops.add(product, variable({ name: "c", shape: [columns] }))) : product;
  });

const programs = fc.oneof(
  products,
  fc.tuple(size, size).map(([rows, columns]) => {
    const x = variable({ name: "x", shape: [rows, columns] });
    return ops.multiply(ops.exp(x), ops.sum(x, [0]));
  }),
  fc.tuple(size, size, flag).map(([rows, columns, first]) => {
    return ops.sum(variable({ name: "x", shape: [rows, columns] }), [first ? 0 : 1]);
  }),
);

describe("printed kernels", () => {
  it("give the same bits however their units are divided", () => {
    fc.assert(
      fc.property(programs, fc.array(fc.nat(100), { maxLength: 3 }), (output, cuts) => {
        const divided: Machine = {
          ...WHOLE,
          cuts: (units) => cuts.map((cut) => cut % (units + 1)),
        };
        expect(run(output, divided)).toEqual(run(output, WHOLE));
      }),
      { numRuns: 60 },
    );
  });

  it("give the same bits with any register tile, in the same module or apart", () => {
    fc.assert(
      fc.property(products, tiles, flag, (output, tile, pairsApart) => {
        expect(run(output, { ...WHOLE, tile, pairsApart })).toEqual(run(output, WHOLE));
      }),
      { numRuns: 60 },
    );
  });

  it("cut a library's products into panels that cover the result once, however they are divided", () => {
    const large = fc
      .record({ long: fc.integer({ min: 1, max: 420 }), short: size, isTall: flag, bias: flag })
      .map(multiplyRow);
    fc.assert(
      fc.property(large, fc.array(fc.nat(100), { maxLength: 3 }), (output, cuts) => {
        const divided = {
          ...WHOLE,
          library: true,
          cuts: (n: number) => cuts.map((c) => c % (n + 1)),
        };
        // One multiplication an element: no sum, so that library and tiles round alike.
        expect(run(output, divided)).toEqual(run(output, WHOLE));
      }),
      { numRuns: 30 },
    );
  });
});

/** A column times a row, and a bias if asked for. */
function multiplyRow({
  long,
  short,
  isTall,
  bias,
}: {
  long: number;
  short: number;
  isTall: boolean;
  bias: boolean;
}): Tensor {
  const [rows, columns] = isTall ? [long, short] : [short, long];
  const column = variable({ name: "a", shape: [rows, 1] });
  const product = ops.matMul(column, variable({ name: "b", shape: [1, columns] }));
  return bias ? ops.relu(ops.add(product, variable({ name: "c", shape: [columns] }))) : product;
}
