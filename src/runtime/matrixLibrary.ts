/** @file What an engine needs from a system's matrix library, and the check that it multiplies rightly. */
import { evaluate } from "../codegen/index.js";
import { ops, variable, type Variable } from "../graph/index.js";
import { randomStream, UsageError, type RandomStream } from "../util/index.js";

/**
 * C = A B, of float32 in row-major order. Addresses are in bytes from the beginning of the memory, as
 * WebAssembly hands them over: beyond 2 GiB they are negative. A matrix is transposed (1, not 0) if
 * it lies so in memory; a stride is elements from row to row there.
 */
export type Multiply = (
  transposeA: number,
  transposeB: number,
  rows: number,
  columns: number,
  inner: number,
  a: number,
  strideA: number,
  b: number,
  strideB: number,
  c: number,
  strideC: number,
) => void;

/** A matrix library of the machine, such as OpenBLAS. Node's is in src/node. */
export interface MatrixLibrary {
  /** For people: "OpenBLAS 0.3.21 (Zen)". */
  readonly name: string;
  /** Where other threads open it, too. */
  readonly location: string;
  /** Multiplies matrices in a memory, which may grow; on the calling thread alone. */
  readonly multiplyIn: (memory: { readonly buffer: ArrayBufferLike }) => Multiply;
}

/** Opens a library on a thread; throws if it cannot. */
export type OpenLibrary = (location: string) => MatrixLibrary;

/** Rows, columns, inner size: single elements, odd ends, and more than a library's blocks hold. */
const SIZES = [
  [1, 1, 1],
  [3, 2, 5],
  [17, 33, 66],
  [70, 41, 33],
  [20, 24, 401],
] as const;
const FLAGS = [false, true];
/** Elements between the end of a row and the next. Whoever reads them gets NaN. */
const PADDING = 3;
/** Each of `inner` additions and multiplications rounds once. */
const ROUNDING = 2 ** -23;
const BYTES = 4;

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const verified = new WeakSet<MatrixLibrary>();

/** @throws UsageError unless the library gives the products that the float64 reference kernel gives */
export function verifyLibrary(library: MatrixLibrary): void {
  if (verified.has(library)) return;
  const memory = new WebAssembly.Memory({ initial: 8, maximum: 8 });
  const multiply = library.multiplyIn(memory);
  const stream = randomStream(0, "matrix library");
  for (const [rows, columns, inner] of SIZES) {
    for (const transposeA of FLAGS) {
      for (const transposeB of FLAGS) {
        const one = { rows, columns, inner, transposeA, transposeB };
        const wrong = findMistake(one, { multiply, memory, stream });
        if (wrong === undefined) continue;
        throw new UsageError(
          `Engine: ${library.name} must multiply as the reference does; ${wrong} ` +
            `(${library.location}). Use another library, or the engine "wasm".`,
        );
      }
    }
  }
  verified.add(library);
}

interface Surroundings {
  readonly multiply: Multiply;
  readonly memory: WebAssembly.Memory;
  readonly stream: RandomStream;
}

/** The first wrong element, in words. */
function findMistake(one: Case, { multiply, memory, stream }: Surroundings): string | undefined {
  const { rows, columns, inner, transposeA, transposeB } = one;
  const shapeA = transposeA ? ([inner, rows] as const) : ([rows, inner] as const);
  const shapeB = transposeB ? ([columns, inner] as const) : ([inner, columns] as const);
  const draw = ([height, width]: readonly [number, number]): Float32Array =>
    Float32Array.from({ length: height * width }, () => 2 * stream.uniform() - 1);
  const [a, b] = [draw(shapeA), draw(shapeB)];
  const values = new Float32Array(memory.buffer).fill(NaN);
  let next = PADDING;
  const place = ([height, width]: readonly [number, number], from?: Float32Array) => {
    const matrix = { begin: next, stride: width + PADDING };
    next += height * matrix.stride;
    for (let row = 0; from !== undefined && row < height; row++) {
      const line = from.subarray(row * width, (row + 1) * width);
      values.set(line, matrix.begin + row * matrix.stride);
    }
    return matrix;
  };
  const [placeA, placeB, placeC] = [place(shapeA, a), place(shapeB, b), place([rows, columns])];
  multiply(
    Number(transposeA),
    Number(transposeB),
    ...([rows, columns, inner] as const),
    ...([placeA.begin * BYTES, placeA.stride, placeB.begin * BYTES, placeB.stride] as const),
    ...([placeC.begin * BYTES, placeC.stride] as const),
  );
  const expected = judge(one, a, b);
  const scale = judge(one, a.map(Math.abs), b.map(Math.abs));
  const what = `of a ${rows} x ${inner} by ${inner} x ${columns} product`;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < placeC.stride; column++) {
      const value = values[placeC.begin + row * placeC.stride + column];
      if (column >= columns) {
        if (Number.isNaN(value)) continue;
        return `it wrote past the end of row ${row} ${what}`;
      }
      const index = row * columns + column;
      if (Math.abs(value - expected[index]) <= inner * ROUNDING * scale[index]) continue;
      return `got ${value}, not ${expected[index]}, in row ${row}, column ${column} ${what}`;
    }
  }
  return undefined;
}

/** The product by the float64 reference kernel. */
function judge(one: Case, a: Float32Array, b: Float32Array): Float64Array {
  const { rows, columns, inner, transposeA, transposeB } = one;
  const left = variable({ name: "a", shape: transposeA ? [inner, rows] : [rows, inner] });
  const right = variable({ name: "b", shape: transposeB ? [columns, inner] : [inner, columns] });
  const values = new Map<Variable, ArrayLike<number>>([
    [left, a],
    [right, b],
  ]);
  return evaluate([ops.matMul(left, right, { transposeA, transposeB })], values)[0];
}
