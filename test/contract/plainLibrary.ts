/** @file A matrix library of three plain loops, so that what libraries do is tested where none is installed. */
import type { MatrixLibrary, Multiply } from "../../src/runtime/index.js";

type Parameters = Readonly<Record<ParameterName, number>>;
type ParameterName =
  | "transposeA"
  | "transposeB"
  | "rows"
  | "columns"
  | "inner"
  | "a"
  | "strideA"
  | "b"
  | "strideB"
  | "c"
  | "strideC";

/** What a test may spoil: the parameters that arrive, and each element that leaves. */
export interface Spoiled {
  readonly parameters?: (given: Parameters) => Parameters;
  readonly element?: (sum: number, at: { row: number; column: number; before: number }) => number;
}

/** Sums in float64 and rounds once, unless it is spoiled. */
export function plainLibrary({
  parameters = (given) => given,
  element = (sum) => sum,
}: Spoiled = {}): MatrixLibrary {
  return {
    name: "Plain 1.0",
    location: "nowhere",
    multiplyIn:
      (memory): Multiply =>
      // prettier-ignore
      (transposeA, transposeB, rows, columns, inner, a, strideA, b, strideB, c, strideC) => {
        const given = {
          transposeA,
          transposeB,
          rows,
          columns,
          inner,
          a,
          strideA,
          b,
          strideB,
          c,
          strideC,
        };
        multiply(new Float32Array(memory.buffer), parameters(given), element);
      },
  };
}

function multiply(
  values: Float32Array,
  given: Parameters,
  element: NonNullable<Spoiled["element"]>,
): void {
  const { rows, columns, inner, strideA, strideB, strideC } = given;
  const [a, b, c] = [given.a, given.b, given.c].map((address) => (address >>> 0) / 4);
  const at = (base: number, stride: number, [first, second]: readonly [number, number]): number =>
    values[base + first * stride + second];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        const left = at(a, strideA, given.transposeA ? [k, i] : [i, k]);
        sum += left * at(b, strideB, given.transposeB ? [j, k] : [k, j]);
      }
      const place = c + i * strideC + j;
      values[place] = element(sum, { row: i, column: j, before: values[place] });
    }
  }
}
