/** @file SpectralNormalization: a kernel divided by its largest singular value. */
import { ops, type Tensor } from "../../graph/index.js";
import { integer } from "../../util/index.js";
import { drawEach, type Initializer } from "../initializers/define.js";
import { defineReparametrization } from "./define.js";

/** Of which no length and no singular value is less: a kernel of zeros stays one. */
const SMALLEST = 1e-12;

const normal: Initializer = {
  name: "normal",
  fill: (shape, random) => drawEach(shape, () => random.normal()),
};

/** The vector at length 1. */
function toUnit(vector: Tensor): Tensor {
  const length = ops.sqrt(ops.sum(ops.square(vector)));
  return ops.divide(vector, ops.maximum(length, SMALLEST));
}

/**
 * The layer uses `kernel / sigma` with `sigma = v^T W u`, an estimate from below of the largest singular value
 * of the kernel as a matrix W, [everything else, outputs]. Each training step makes power iterations, `v =
 * W u / |W u|` and `u = W^T v / |W^T v|`, from the u that the last one left. Gradients flow through sigma and
 * not through u and v, as in the paper, Keras and PyTorch.
 *
 * Inference divides too, with iterations from the same u that it does not keep; PyTorch's takes the last
 * training step's u and v. Keras, where it is the layer `SpectralNormalization` around another, uses the
 * kernel that the last training step left. Its iterations, and its default of one, are these; PyTorch's
 * start from v.
 *
 * @param options.powerIterations - of each step, at least 1, default 1
 * @example dense({ units: 64, kernelReparametrization: spectralNormalization() })
 * @see Miyato, Kataoka, Koyama and Yoshida, Spectral normalization for generative adversarial networks, 2018
 */
export const spectralNormalization = defineReparametrization({
  kind: "spectralNormalization",
  title: "SpectralNormalization",
  params: { powerIterations: integer({ min: 1, default: 1 }) },
  build: ({ powerIterations }, { kernel, createState }) => {
    const { variable } = kernel;
    const outputs = variable.shape[variable.shape.length - 1];
    const inputs = variable.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const state = createState({ part: "u", shape: [outputs], initializer: normal });
    const iterate = (matrix: Tensor): { readonly u: Tensor; readonly v: Tensor } => {
      let u = ops.reshape(state.variable, [outputs, 1]);
      let v = u;
      for (let i = 0; i < powerIterations; i++) {
        v = toUnit(ops.matMul(matrix, u));
        u = toUnit(ops.matMul(matrix, v, { transposeA: true }));
      }
      return { u: ops.stopGradient(u), v: ops.stopGradient(v) };
    };
    return {
      weights: [state],
      apply: ({ training }) => {
        const matrix = ops.reshape(variable, [inputs, outputs]);
        const { u, v } = iterate(matrix);
        const sigma = ops.sum(ops.multiply(v, ops.matMul(matrix, u)));
        const normalized = ops.divide(variable, ops.maximum(sigma, SMALLEST));
        return {
          kernel: normalized,
          ...(training === true && {
            updates: new Map([[state.variable, ops.reshape(u, [outputs])]]),
          }),
        };
      },
    };
  },
});
