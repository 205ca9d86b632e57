/** @file For every primitive, inputs that do not fit, and the sentence that says so. */
import {
  primitives as p,
  variable,
  type DType,
  type UnaryName,
  type Shape,
  type Windows,
} from "../../src/graph/index.js";

const of = (shape: Shape, dtype: DType = "float32") => variable({ name: "x", shape, dtype });

type BadUse = readonly [sentence: string, build: () => unknown];

const floatOnly = (name: Exclude<UnaryName, "negate">) => [
  [
    `${name}: input must be float32; got [2] int32. Convert it with cast.`,
    () => p[name](of([2], "int32")),
  ] as const,
];

const bothNumeric = (
  name: "add" | "equal" | "less" | "maximum" | "minimum" | "multiply" | "subtract",
): readonly BadUse[] => [
  [
    `${name}: inputs must have one shape and dtype; got [2] float32 and [3] float32. Broadcast or cast one of them.`,
    () => p[name](of([2]), of([3])),
  ],
  [
    `${name}: inputs must have one shape and dtype; got [2] float32 and [2] int32. Broadcast or cast one of them.`,
    () => p[name](of([2]), of([2], "int32")),
  ],
  [
    `${name}: input must be float32 or int32; got [2] bool. Convert it with cast.`,
    () => p[name](of([2], "bool"), of([2], "bool")),
  ],
];

const reduction = (name: "reduceSum" | "reduceMax"): readonly BadUse[] => [
  [
    `${name}: axes must be different axes of the input; got [2] for [3, 4] float32.`,
    () => p[name](of([3, 4]), [2]),
  ],
  [
    `${name}: axes must be different axes of the input; got [1, 1] for [3, 4] float32.`,
    () => p[name](of([3, 4]), [1, 1]),
  ],
  [
    `${name}: axes must be different axes of the input; got [] for [3, 4] float32.`,
    () => p[name](of([3, 4]), []),
  ],
  [
    `${name}: input must be float32 or int32; got [3] uint8. Convert it with cast.`,
    () => p[name](of([3], "uint8"), [0]),
  ],
];

const windows = (options: Partial<Windows> = {}): Windows => ({
  size: [2, 2],
  strides: [1, 1],
  dilation: [1, 1],
  padding: [0, 0, 0, 0],
  ...options,
});

/** What every operation with windows over `images` refuses; `apply` gives it images and windows. */
const badWindows = (
  name: string,
  apply: (images: Shape, windows: Windows, dtype?: DType) => unknown,
): readonly BadUse[] => [
  [
    `${name}: images must be [rows, height, width, channels]; got [4, 4, 1] float32.`,
    () => apply([4, 4, 1], windows()),
  ],
  [
    `${name}: input must be float32; got [1, 4, 4, 1] int32. Convert it with cast.`,
    () => apply([1, 4, 4, 1], windows(), "int32"),
  ],
  ...badGeometry(name, (given) => apply([1, 4, 4, 1], given)),
];

const badGeometry = (name: string, apply: (windows: Windows) => unknown): readonly BadUse[] => [
  [
    `${name}: size, strides and dilation must be two whole numbers of at least 1, padding four of ` +
      "at least 0; got [2, 2], [0, 1], [1, 1] and [0, 0, 0, 0].",
    () => apply(windows({ strides: [0, 1] })),
  ],
  [
    `${name}: size, strides and dilation must be two whole numbers of at least 1, padding four of ` +
      "at least 0; got [2, 2], [1, 1], [1, 1] and [0, 0, -1, 0].",
    () => apply(windows({ padding: [0, 0, -1, 0] })),
  ],
  [
    `${name}: windows must fit into the padded image; got windows over 2 x 5 in 4 x 4. ` +
      'Use smaller windows, or "same" padding.',
    () => apply(windows({ dilation: [1, 4] })),
  ],
];

const emptyWindow = (name: string, apply: (windows: Windows) => unknown): BadUse => [
  `${name}: every window must hold an element of the image; got padding [2, 0, 0, 0] ` +
    "for 2 x 2 windows. Use less padding.",
  () => apply(windows({ padding: [2, 0, 0, 0] })),
];

export const opErrors: Readonly<Record<string, readonly BadUse[]>> = {
  absolute: floatOnly("absolute"),
  add: bothNumeric("add"),
  broadcast: [
    [
      "broadcast: axes must increase and match the sizes; got axes [1, 0] from [3, 4] float32 to [4, 3].",
      () => p.broadcast(of([3, 4]), { shape: [4, 3], axes: [1, 0] }),
    ],
    [
      "broadcast: axes must increase and match the sizes; got axes [0] from [3] float32 to [4].",
      () => p.broadcast(of([3]), { shape: [4], axes: [0] }),
    ],
    [
      "broadcast: axes must increase and match the sizes; got axes [] from [3] float32 to [3].",
      () => p.broadcast(of([3]), { shape: [3], axes: [] }),
    ],
    [
      "broadcast: sizes must be whole numbers of at least 1; got [0, 3].",
      () => p.broadcast(of([3]), { shape: [0, 3], axes: [1] }),
    ],
  ],
  cast: [
    [
      "cast: float32 must become float32 or int32; got bool for [2] float32.",
      () => p.cast(of([2]), "bool"),
    ],
  ],
  constant: [
    [
      "constant: value must be a whole number in [-2147483648, 2147483647] for int32; got 0.5.",
      () => p.constant(0.5, "int32"),
    ],
    [
      "constant: value must be a whole number in [-2147483648, 2147483647] for int32; got 2147483648.",
      () => p.constant(2 ** 31, "int32"),
    ],
    [
      "constant: value must be a whole number in [0, 255] for uint8; got -1.",
      () => p.constant(-1, "uint8"),
    ],
    [
      "constant: value must be a whole number in [0, 1] for bool; got 2.",
      () => p.constant(2, "bool"),
    ],
  ],
  conv2d: [
    ...badWindows("conv2d", (images, given, dtype) =>
      p.conv2d(of(images, dtype), of([2, 2, 1, 3]), given),
    ),
    [
      "conv2d: kernel must be [2, 2, inputs, outputs]; got [3, 2, 1, 3] float32.",
      () => p.conv2d(of([1, 4, 4, 1]), of([3, 2, 1, 3]), windows()),
    ],
    [
      "conv2d: images must have 2 channels; got 1.",
      () => p.conv2d(of([1, 4, 4, 1]), of([2, 2, 2, 3]), windows()),
    ],
  ],
  conv2dInputGradient: [
    ...badGeometry("conv2dInputGradient", (given) =>
      p.conv2dInputGradient(of([1, 3, 3, 2]), of([2, 2, 1, 2]), { ...given, inputSize: [4, 4] }),
    ),
    [
      "conv2dInputGradient: the gradient of the result must be [1, 3, 3, outputs]; got [1, 4, 4, 2] float32.",
      () =>
        p.conv2dInputGradient(of([1, 4, 4, 2]), of([2, 2, 1, 2]), {
          ...windows(),
          inputSize: [4, 4],
        }),
    ],
    [
      "conv2dInputGradient: the gradient of the result must have 5 channels; got 2.",
      () =>
        p.conv2dInputGradient(of([1, 3, 3, 2]), of([2, 2, 1, 5]), {
          ...windows(),
          inputSize: [4, 4],
        }),
    ],
  ],
  conv2dKernelGradient: [
    ...badWindows("conv2dKernelGradient", (images, given, dtype) =>
      p.conv2dKernelGradient(of(images, dtype), of([1, 3, 3, 2]), given),
    ),
    [
      "conv2dKernelGradient: the gradient of the result must be [1, 3, 3, outputs]; got [2, 3, 3, 2] float32.",
      () => p.conv2dKernelGradient(of([1, 4, 4, 1]), of([2, 3, 3, 2]), windows()),
    ],
  ],
  divide: [
    [
      "divide: input must be float32; got [2] int32. Convert it with cast.",
      () => p.divide(of([2], "int32"), of([2], "int32")),
    ],
  ],
  equal: bothNumeric("equal"),
  erfc: floatOnly("erfc"),
  exp: floatOnly("exp"),
  expm1: floatOnly("expm1"),
  gatherRows: [
    [
      "gatherRows: rows must be [n] int32 and the table must have rows; got [2] float32 into [3, 4] float32.",
      () => p.gatherRows(of([3, 4]), of([2])),
    ],
    [
      "gatherRows: rows must be [n] int32 and the table must have rows; got [2] int32 into [] float32.",
      () => p.gatherRows(of([]), of([2], "int32")),
    ],
  ],
  iota: [
    ["iota: axis must be an axis of the shape; got 2 for [3, 4].", () => p.iota([3, 4], 2)],
    ["iota: axis must be an axis of the shape; got 0 for [].", () => p.iota([], 0)],
    ["iota: sizes must be whole numbers of at least 1; got [1.5].", () => p.iota([1.5], 0)],
  ],
  less: bothNumeric("less"),
  log: floatOnly("log"),
  matMul: [
    [
      "matMul: inner sizes must agree; got [32, 784] x [512, 10] (784 vs 512).",
      () => p.matMul(of([32, 784]), of([512, 10])),
    ],
    [
      "matMul: inner sizes must agree; got [3, 4] x [3, 5] (4 vs 5).",
      () => p.matMul(of([3, 4]), of([3, 5]), { transposeB: true }),
    ],
    [
      "matMul: both inputs must be float32 matrices; got [3] float32 and [3, 4] float32.",
      () => p.matMul(of([3]), of([3, 4])),
    ],
    [
      "matMul: both inputs must be float32 matrices; got [2, 3] int32 and [3, 4] float32.",
      () => p.matMul(of([2, 3], "int32"), of([3, 4])),
    ],
  ],
  maxPool: [
    ...badWindows("maxPool", (images, given, dtype) =>
      p.maxPool(of(images, dtype), of(images, dtype), given),
    ),
    emptyWindow("maxPool", (given) => p.maxPool(of([1, 4, 4, 1]), of([1, 4, 4, 1]), given)),
    [
      "maxPool: inputs must have one shape and dtype; got [1, 4, 4, 1] float32 and [1, 4, 4, 2] float32. Broadcast or cast one of them.",
      () => p.maxPool(of([1, 4, 4, 1]), of([1, 4, 4, 2]), windows()),
    ],
  ],
  maxPoolGradient: [
    ...badWindows("maxPoolGradient", (images, given, dtype) =>
      p.maxPoolGradient(of(images, dtype), of([1, 3, 3, 1]), given),
    ),
    emptyWindow("maxPoolGradient", (given) =>
      p.maxPoolGradient(of([1, 4, 4, 1]), of([1, 5, 3, 1]), given),
    ),
    [
      "maxPoolGradient: inputs must have one shape and dtype; got [1, 3, 3, 1] float32 and [1, 4, 4, 1] float32. Broadcast or cast one of them.",
      () => p.maxPoolGradient(of([1, 4, 4, 1]), of([1, 4, 4, 1]), windows()),
    ],
  ],
  maximum: bothNumeric("maximum"),
  minimum: bothNumeric("minimum"),
  multiply: bothNumeric("multiply"),
  negate: [
    [
      "negate: input must be float32 or int32; got [2] uint8. Convert it with cast.",
      () => p.negate(of([2], "uint8")),
    ],
  ],
  randomBits: [
    [
      "randomBits: counter must be [] int32; got [1] int32. Pass the step count.",
      () => p.randomBits(of([1], "int32"), { shape: [3], key: [1, 2] }),
    ],
    [
      "randomBits: sizes must be whole numbers of at least 1; got [0].",
      () => p.randomBits(of([], "int32"), { shape: [0], key: [1, 2] }),
    ],
  ],
  reduceMax: reduction("reduceMax"),
  reduceSum: reduction("reduceSum"),
  reshape: [
    [
      "reshape: the new shape must hold 12 elements; got [5, 2] (10) for [3, 4] float32.",
      () => p.reshape(of([3, 4]), [5, 2]),
    ],
    [
      "reshape: sizes must be whole numbers of at least 1; got [-3, -4].",
      () => p.reshape(of([3, 4]), [-3, -4]),
    ],
  ],
  scatterRows: [
    [
      "scatterRows: input must be float32; got [3, 4] int32. Convert it with cast.",
      () => p.scatterRows(of([3, 4], "int32"), of([3], "int32"), { size: 2 }),
    ],
    [
      "scatterRows: rows must be int32, one for each row of the input; got [2] int32 for [3, 4] float32.",
      () => p.scatterRows(of([3, 4]), of([2], "int32"), { size: 2 }),
    ],
    [
      "scatterRows: rows must be int32, one for each row of the input; got [3] float32 for [3, 4] float32.",
      () => p.scatterRows(of([3, 4]), of([3]), { size: 2 }),
    ],
    [
      "scatterRows: sizes must be whole numbers of at least 1; got [0].",
      () => p.scatterRows(of([3, 4]), of([3], "int32"), { size: 0 }),
    ],
  ],
  select: [
    [
      "select: condition must be bool of the branches' shape; got [2] bool for [3] float32.",
      () => p.select(of([2], "bool"), of([3]), of([3])),
    ],
    [
      "select: condition must be bool of the branches' shape; got [3] int32 for [3] float32.",
      () => p.select(of([3], "int32"), of([3]), of([3])),
    ],
    [
      "select: inputs must have one shape and dtype; got [3] float32 and [3] int32. Broadcast or cast one of them.",
      () => p.select(of([3], "bool"), of([3]), of([3], "int32")),
    ],
  ],
  sigmoid: floatOnly("sigmoid"),
  softplus: floatOnly("softplus"),
  sqrt: floatOnly("sqrt"),
  stopGradient: [
    [
      "stopGradient: input must be float32 or int32 or bool; got [2] uint8. Convert it with cast.",
      () => p.stopGradient(of([2], "uint8")),
    ],
  ],
  subtract: bothNumeric("subtract"),
  sumPool: [
    ...badWindows("sumPool", (images, given, dtype) => p.sumPool(of(images, dtype), given)),
    emptyWindow("sumPool", (given) => p.sumPool(of([1, 4, 4, 1]), given)),
  ],
  sumPoolGradient: [
    ...badGeometry("sumPoolGradient", (given) =>
      p.sumPoolGradient(of([1, 3, 3, 1]), { ...given, inputSize: [4, 4] }),
    ),
    emptyWindow("sumPoolGradient", (given) =>
      p.sumPoolGradient(of([1, 5, 3, 1]), { ...given, inputSize: [4, 4] }),
    ),
    [
      "sumPoolGradient: inputs must have one shape and dtype; got [2, 3, 3, 1] float32 and [2, 4, 4, 1] float32. Broadcast or cast one of them.",
      () => p.sumPoolGradient(of([2, 4, 4, 1]), { ...windows(), inputSize: [4, 4] }),
    ],
  ],
  tanh: floatOnly("tanh"),
  transpose: [
    [
      "transpose: permutation must name each axis once; got [0, 0] for [3, 4] float32.",
      () => p.transpose(of([3, 4]), [0, 0]),
    ],
    [
      "transpose: permutation must name each axis once; got [0] for [3, 4] float32.",
      () => p.transpose(of([3, 4]), [0]),
    ],
  ],
  variable: [
    [
      "variable x: sizes must be whole numbers of at least 1; got [3, 0].",
      () => variable({ name: "x", shape: [3, 0] }),
    ],
  ],
};
