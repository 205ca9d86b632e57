/**
 * @file randomBits: 16 random bits for each element, as an int32 in [0, 65536). They are a pure
 * function of (key, counter, element), so that the backward pass recomputes what it needs and no
 * mask is stored. Sixteen bits represent a probability exactly to 1.5e-5 at half the cost of 32.
 */
import { threefry2x32, UsageError, type StreamKey } from "../../util/index.js";
import { describeTensor, requireSizes, sizeOf, type Operation, type Shape } from "../tensor.js";

export interface RandomBitsAttributes {
  readonly shape: Shape;
  readonly key: StreamKey;
}

/** Elements along the last axis that share four Threefry blocks: 4 lanes x 2 words x 2 halves. */
export const RANDOM_GROUP = 16;

/**
 * The bits of one element. Column c of row r (rows are all leading axes, flattened) reads lane c % 4
 * of the group floor(c / 16): word and half are chosen by floor(c / 4) % 4, so that a kernel with
 * four lanes computes four blocks at once and uses all of their bits.
 */
function randomBitsOf(
  key: StreamKey,
  counter: number,
  at: { row: number; column: number; columns: number },
): number {
  const groups = Math.ceil(at.columns / RANDOM_GROUP);
  const group = at.row * groups + Math.floor(at.column / RANDOM_GROUP);
  const words = threefry2x32(key, (group * 4 + (at.column % 4)) >>> 0, counter);
  const part = Math.floor(at.column / 4) % 4;
  const word = words[part >> 1];
  return part % 2 === 0 ? word & 0xffff : word >>> 16;
}

export const randomBits: Operation<"randomBits"> = {
  name: "randomBits",
  kind: "elementwise",
  infer: ([counter], attributes) => {
    if (counter.shape.length > 0 || counter.dtype !== "int32") {
      throw new UsageError(
        `randomBits: counter must be [] int32; got ${describeTensor(counter)}. Pass the step count.`,
      );
    }
    const { shape } = attributes as RandomBitsAttributes;
    requireSizes("randomBits", shape);
    return { shape, dtype: "int32" };
  },
  gradient: () => [undefined],
  reference: ([counter], node) => {
    const { key, shape } = node.attributes as RandomBitsAttributes;
    const columns = shape.at(-1) ?? 1;
    return Float64Array.from({ length: sizeOf(shape) }, (_, index) =>
      randomBitsOf(key, counter[0], {
        row: Math.floor(index / columns),
        column: index % columns,
        columns,
      }),
    );
  },
};
