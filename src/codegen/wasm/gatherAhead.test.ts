/**
 * @file What fetching rows ahead does, seen from outside: nothing to the results; and a row number of which the memory
 * knows nothing ends the kernel when its row is touched, so that the results stored until then tell when that was.
 */
import { describe, expect, it } from "vitest";
import type { DType } from "../../graph/index.js";
import { randomStream } from "../../util/index.js";
import type { Buffer, LoopKernel } from "../kernel.js";
import { ALIGNMENT, byteSize, elementBytes, rowStride } from "../layout.js";
import { printModule } from "./module.js";

const TABLE_ROWS = 50;
/** Rows that are touched at once. */
const BLOCK = 32;
/** Elements to a row that begins far behind the memory. */
const FAR = 2 ** 20;
/** What stands in the result where nothing was stored. */
const UNTOUCHED = 99;
const PAGE = 2 ** 16;

interface Case {
  readonly columns: number;
  readonly dtype?: DType;
  /** The table is read as it is, without row numbers. */
  readonly plain?: boolean;
}

const buffer = (name: string, shape: readonly number[], dtype: DType): Buffer => ({
  ...{ role: "temporary", name, shape, dtype },
});

/** result[i, ...] = table[rows[i], ...] as one loop. */
function gather(rows: Buffer, { columns, dtype = "float32", plain = false }: Case) {
  const table = buffer("table", [TABLE_ROWS, columns], dtype);
  const result = buffer("result", [rows.shape[0], columns], dtype);
  const stride = rowStride(table.shape, dtype);
  const kernel: LoopKernel = {
    kind: "loop",
    space: result.shape,
    stores: [
      {
        buffer: result,
        value: plain
          ? { kind: "load", buffer: table, strides: [0, 1] }
          : { kind: "load", buffer: table, strides: [0, 1], gather: { rows, stride } },
        strides: [rowStride(result.shape, dtype), 1],
      },
    ],
  };
  return { table, result, kernel };
}

const align = (address: number): number => Math.ceil(address / ALIGNMENT) * ALIGNMENT;

/** Makes the kernel, with the end of the table's last row as near to the memory's end as a vector's load allows. */
function prepare(numbers: readonly number[], one: Case) {
  const rows = buffer("rows", [numbers.length], "int32");
  const { table, result, kernel } = gather(rows, one);
  const addresses = new Map<Buffer, number>([[rows, ALIGNMENT]]);
  addresses.set(result, align(ALIGNMENT + byteSize(rows.shape, rows.dtype)));
  const free = (addresses.get(result) ?? NaN) + byteSize(result.shape, result.dtype);
  const tableBytes = TABLE_ROWS * rowStride(table.shape, table.dtype) * elementBytes(table.dtype);
  const pages = Math.ceil((free + tableBytes) / PAGE);
  addresses.set(table, pages * PAGE - tableBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { code } = printModule([kernel], {
    addressOf: (of) => addresses.get(of) ?? NaN,
    addressOfKey: () => NaN,
    ...{ scratch: 0, target: { relaxed: false }, tile: { rows: 4, columns: 8 } },
    memory: { minimum: pages, maximum: pages, shared: false },
  });
  const view = (of: Buffer) => {
    const address = addresses.get(of) ?? NaN;
    return of.dtype === "uint8"
      ? new Uint8Array(memory.buffer, address)
      : of.dtype === "int32"
        ? new Int32Array(memory.buffer, address)
        : new Float32Array(memory.buffer, address);
  };
  view(rows).set(numbers);
  const values = view(table);
  for (let i = 0; i < tableBytes / elementBytes(table.dtype); i++) values[i] = i % 97;
  const resultStride = rowStride(result.shape, result.dtype);
  view(result).fill(UNTOUCHED, 0, numbers.length * resultStride);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const run = exports.loop_0 as (begin: number, end: number, scratch: number) => void;
  const rowOf = (of: Buffer, row: number): number[] => {
    const begin = row * rowStride(of.shape, of.dtype);
    return Array.from(view(of).subarray(begin, begin + one.columns));
  };
  return {
    run: (begin: number, end: number): void => run(begin, end, 0),
    expected: (row: number): number[] => rowOf(table, numbers[row]),
    stored: (row: number): number[] => rowOf(result, row),
  };
}

/** How many rows are stored before the kernel meets the row number at `far`, which it cannot read. */
function storedBefore(far: number, one: Case, range: readonly [number, number]): number {
  const numbers = Array.from({ length: range[1] }, (_, i) => (i === far ? FAR / one.columns : 0));
  const { run, stored } = prepare(numbers.map(Math.ceil), one);
  expect(() => run(...range)).toThrow(WebAssembly.RuntimeError);
  return numbers.filter((_, row) => !stored(row).every((value) => value === UNTOUCHED)).length;
}

/** 32 columns of float32 are two lines of a cache; 64 are four, the most that are touched. */
const LONG: Case = { columns: 32 };

describe("a gather's long rows are touched ahead", () => {
  it("in blocks of 32, before the first of a block is stored", () => {
    const range = [0, 100] as const;
    expect(storedBefore(0, LONG, range)).toBe(0);
    expect(storedBefore(BLOCK - 1, LONG, range)).toBe(0);
    expect(storedBefore(BLOCK, LONG, range)).toBe(BLOCK);
    expect(storedBefore(99, LONG, range)).toBe(96);
  });

  it("counted from the beginning of a thread's range, and not beyond its end", () => {
    expect(storedBefore(40, LONG, [10, 100])).toBe(0);
    expect(storedBefore(42, LONG, [10, 100])).toBe(BLOCK);
    const { run } = prepare([0, 0, 0, FAR], LONG);
    expect(() => run(0, 3)).not.toThrow();
  });

  it("only from two lines of a cache on, whatever an element takes", () => {
    const range = [0, 8] as const;
    expect(storedBefore(7, { columns: 31 }, range)).toBe(7);
    expect(storedBefore(7, { columns: 32 }, range)).toBe(0);
    expect(storedBefore(7, { columns: 127, dtype: "uint8" }, range)).toBe(7);
    expect(storedBefore(7, { columns: 128, dtype: "uint8" }, range)).toBe(0);
  });

  it("not where nothing is gathered", () => {
    const { run, stored } = prepare([FAR, FAR], { ...LONG, plain: true });
    expect(() => run(0, 2)).not.toThrow();
    expect(stored(1)[1]).toBe(1);
  });
});

describe("touching rows reads nothing outside of the table, and changes no result", () => {
  // Around one line, two, four, and more than are touched.
  it.each([1, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 80, 300])("%d columns", (columns) => {
    const stream = randomStream(3, `rows of ${columns}`);
    // The last row ends with the memory.
    const numbers = Array.from({ length: 70 }, (_, i) =>
      i % 7 === 0 ? TABLE_ROWS - 1 : stream.below(TABLE_ROWS),
    );
    const cuts: readonly number[][] = [
      [0, 70],
      [0, 1, 33, 34, 70],
      [0, 32, 64, 70],
    ];
    for (const cut of cuts) {
      const { run, expected, stored } = prepare(numbers, { columns });
      cut.slice(1).forEach((end, i) => run(cut[i], end));
      for (let row = 0; row < 70; row++) expect(stored(row)).toEqual(expected(row));
    }
  });
});
