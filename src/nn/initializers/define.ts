/** @file What an initializer is: initial weights as a pure function of a shape and a random stream. */
import { sizeOf, type Shape } from "../../graph/index.js";
import type { RandomStream } from "../../util/index.js";

export interface Initializer {
  readonly name: string;
  /** The initial values, row-major, and nothing else drawn from the stream. */
  readonly fill: (shape: Shape, random: RandomStream) => Float32Array;
}

/**
 * Sizes before a weight's last two axes are its receptive field, as in Keras: [..., in, out]. A vector has
 * its size as both.
 */
export function fansOf(shape: Shape): { fanIn: number; fanOut: number } {
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const last = shape.at(-1) ?? 1;
  return { fanIn: field * (shape.at(-2) ?? last), fanOut: field * last };
}

/** An initializer that draws each element alone. */
export function drawEach(shape: Shape, draw: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}

/** An initializer that draws each element from [-limit, limit): faster than one by one. */
export function drawUniform(
  shape: Shape,
  { random, limit }: { readonly random: RandomStream; readonly limit: number },
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  random.fillUniform(values, limit);
  return values;
}
