/** @file Dropout: elements set to 0 at random in training. */
import { ops, type Tensor } from "../../graph/index.js";
import { choice } from "../../util/index.js";
import { defineLayer } from "./define.js";
import { applyMask, checkMaskRate, drawKept, rateParameter } from "./random.js";

interface Form {
  readonly training: (x: Tensor, keep: Tensor, rate: number) => Tensor;
  readonly inference: (x: Tensor, rate: number) => Tensor;
}

const forms = {
  inverted: { training: applyMask, inference: (x) => x },
  classic: {
    training: (x, keep) => ops.select(keep, x, 0),
    inference: (x, rate) => ops.multiply(x, 1 - rate),
  },
} as const satisfies Readonly<Record<string, Form>>;

/**
 * Sets each element to 0 with probability `rate` in training and multiplies the others by
 * `1 / (1 - rate)`; the identity in inference. The mask is new for each element at each step.
 *
 * `rate` is the probability of dropping, as in Keras and PyTorch; the paper's p is that of keeping. Its
 * form, `form: "classic"`, leaves kept elements as they are in training and multiplies all of them by
 * the keep probability `1 - rate` in inference; it is offered for comparison. At rate 0 the layer is
 * the identity, bit for bit.
 *
 * @param options.rate - in [0, 1), default 0.5
 * @param options.form - "inverted" (default) or "classic"
 * @example dropout({ rate: 0.5 })
 * @see Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014
 */
export const dropout = defineLayer({
  kind: "dropout",
  title: "Dropout",
  params: {
    /** Probability of dropping an element. */
    rate: rateParameter,
    form: choice({ choices: ["inverted", "classic"], default: "inverted" }),
  },
  check: ({ rate }) => checkMaskRate("Dropout", rate),
  build: ({ rate, form }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => {
      if (rate === 0) return { output: x };
      const { training, inference } = forms[form];
      return {
        output: noise
          ? training(x, drawKept(x.shape, rate, { noise, name }), rate)
          : inference(x, rate),
      };
    },
  }),
});
