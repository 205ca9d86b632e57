/** @file Random convolutions and poolings, with the interval and error of their results. */
import {
  countWindows,
  imageSize,
  primitives,
  type Shape,
  type Tensor,
  type Windows,
} from "../../src/graph/index.js";
import {
  choose,
  isFloat,
  pick,
  ROUNDING,
  sizeOfEntry,
  variableLike,
  type Entry,
  type Growth,
  type Pool,
} from "./randomPool.js";

const IMAGES: readonly Shape[] = [
  [2, 5, 4, 3],
  [1, 4, 4, 1],
  [3, 3, 5, 4],
];
const LARGEST_IMAGES = 300;

function pickImages(pool: Pool, fits: (entry: Entry) => boolean = () => true): Entry {
  const isImages = ({ tensor: { shape } }: Entry): boolean =>
    shape.length === 4 && shape.reduce((a, b) => a * b) <= LARGEST_IMAGES;
  const found = pick(pool, (entry) => isFloat(entry) && isImages(entry) && fits(entry));
  return found ?? variableLike(pool, "float32", choose(pool.stream, IMAGES));
}

/** Windows that fit, none of them in the padding alone. */
function windowsOver({ stream }: Pool, images: Tensor, mayDilate: boolean): Windows {
  const along = imageSize(images).map((length) => {
    const size = 1 + stream.below(Math.min(3, length));
    const pad = (): number => stream.below(Math.min(2, size));
    const dilation = mayDilate && (size - 1) * 2 < length ? 1 + stream.below(2) : 1;
    return { size, stride: 1 + stream.below(3), dilation, before: pad(), after: pad() };
  });
  const [down, across] = along;
  return {
    size: [down.size, across.size],
    strides: [down.stride, across.stride],
    dilation: [down.dilation, across.dilation],
    padding: [down.before, down.after, across.before, across.after],
  };
}

/** A sum of `terms` terms of a size and error each. */
function summed(
  tensor: Tensor,
  terms: number,
  { size, error }: { size: number; error: number },
): Entry {
  const high = terms * size;
  return { tensor, low: -high, high, error: terms * error + terms * high * ROUNDING };
}

const products = (a: Entry, b: Entry): { size: number; error: number } => ({
  size: sizeOfEntry(a) * sizeOfEntry(b),
  error: a.error * sizeOfEntry(b) + b.error * sizeOfEntry(a),
});

function likeShape(pool: Pool, shape: Shape): Entry {
  const same = ({ tensor }: Entry): boolean => tensor.shape.join() === shape.join();
  return (
    pick(pool, (entry) => isFloat(entry) && same(entry)) ?? variableLike(pool, "float32", shape)
  );
}

/** conv2d or one of its gradients. */
export const convolution: Growth = (pool) => {
  const { stream } = pool;
  const x = pickImages(pool);
  const windows = windowsOver(pool, x.tensor, true);
  const inputSize = imageSize(x.tensor);
  const [rows, , , inputs] = x.tensor.shape;
  const outputs = choose(stream, [1, 3, 4, 9]);
  const counts = countWindows(inputSize, windows);
  const area = windows.size[0] * windows.size[1];
  const result = [rows, ...counts, outputs];
  const kernel = likeShape(pool, [...windows.size, inputs, outputs]);
  const form = stream.below(3);
  if (form === 0) {
    return summed(
      primitives.conv2d(x.tensor, kernel.tensor, windows),
      area * inputs,
      products(x, kernel),
    );
  }
  const upstream = likeShape(pool, result);
  if (form === 1) {
    const tensor = primitives.conv2dKernelGradient(x.tensor, upstream.tensor, windows);
    return summed(tensor, rows * counts[0] * counts[1], products(x, upstream));
  }
  const options = { ...windows, inputSize };
  const tensor = primitives.conv2dInputGradient(upstream.tensor, kernel.tensor, options);
  return summed(tensor, area * outputs, products(upstream, kernel));
};

/** Choices between scores are made where float32 and float64 have the same ones. */
const isExact = ({ error }: Entry): boolean => error === 0;

/** maxPool, sumPool or one of their gradients. */
export const pooling: Growth = (pool) => {
  const form = pool.stream.below(5);
  const x = pickImages(pool, form < 2 ? isExact : undefined);
  const windows = windowsOver(pool, x.tensor, false);
  const inputSize = imageSize(x.tensor);
  const [rows, , , channels] = x.tensor.shape;
  const area = windows.size[0] * windows.size[1];
  const values = (entry: Entry) => ({ size: sizeOfEntry(entry), error: entry.error });
  if (form === 1) {
    const other = likeShape(pool, x.tensor.shape);
    return { ...other, tensor: primitives.maxPool(x.tensor, other.tensor, windows) };
  }
  if (form === 2) return { ...x, tensor: primitives.maxPool(x.tensor, x.tensor, windows) };
  if (form === 3) return summed(primitives.sumPool(x.tensor, windows), area, values(x));
  const upstream = likeShape(pool, [rows, ...countWindows(inputSize, windows), channels]);
  const tensor =
    form === 0
      ? primitives.maxPoolGradient(x.tensor, upstream.tensor, windows)
      : primitives.sumPoolGradient(upstream.tensor, { ...windows, inputSize });
  return summed(tensor, area, values(upstream));
};
