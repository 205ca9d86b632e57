/** @file DropConnect in each hidden dense layer. */
import { dropConnect as layer } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { changeLayers, requireHidden } from "./layers.js";

const SUBJECT = { title: "DropConnect", wanted: "hidden dense layer" };
const { rate, mask } = layer.definition.params;

export const dropConnect = defineTechnique({
  id: "dropConnect",
  title: SUBJECT.title,
  params: { rate, mask },
  apply: (recipe, values) => {
    const positions = requireHidden(recipe, SUBJECT, ({ kind }) => kind === "dense");
    return changeLayers(recipe, positions, (dense) => ({
      ...dense,
      kind: "dropConnect",
      ...values,
    }));
  },
  what:
    "In training, sets each weight of hidden dense layers to 0 with probability rate: one mask for the rows of a " +
    "batch, or with mask=row one for each. Prediction uses the mean weights.",
  formula:
    "training: y = activation(x (M * W) / (1 - rate) + b), M ~ Bernoulli(1 - rate); prediction: x W + b",
  cost:
    "One random number a weight and step with mask=batch; with mask=row a row's worth of them for each row, many " +
    "times a dense layer.",
  helps:
    "Where dropout helps; the paper found it a little better on MNIST, with a network for each setting.",
  fails:
    "One mask a batch makes gradients noisier. It has no form for convolutions: models of those alone are refused.",
  reference: "Wan et al., ICML 2013",
});
