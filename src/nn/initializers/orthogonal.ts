/** @file Orthogonal: rows or columns of length 1, each at right angles to the others. */
import type { Initializer } from "./define.js";

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Takes from a vector its parts along others; twice, so that rounding leaves nothing of them. */
function makeOrthogonal(vector: Float64Array, others: readonly Float64Array[]): Float64Array {
  for (const other of [...others, ...others]) {
    const part = dot(vector, other);
    vector.forEach((value, i) => (vector[i] = value - part * other[i]));
  }
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}

/**
 * Of the kernel as a matrix [all but the last axis, last axis], the shorter of rows and columns are
 * orthonormal: normal numbers, made orthogonal one vector after the other (Gram and Schmidt), which
 * is the Q of Keras and PyTorch with the signs of R made positive. Gain 1, the default of both.
 *
 * @see Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear networks, 2014
 */
export const orthogonal: Initializer = {
  name: "orthogonal",
  fill: (shape, random) => {
    const columns = shape.at(-1) ?? 1;
    const size = shape.reduce((product, length) => product * length, 1);
    const rows = size / columns;
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const vectors: Float64Array[] = [];
    for (let i = 0; i < count; i++) {
      const drawn = Float64Array.from({ length }, () => random.normal());
      vectors.push(makeOrthogonal(drawn, vectors));
    }
    return Float32Array.from({ length: size }, (_, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      return rows < columns ? vectors[row][column] : vectors[column][row];
    });
  },
};
