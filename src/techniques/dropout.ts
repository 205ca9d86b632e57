/** @file Dropout after each hidden layer. */
import { dropout as dropoutLayer } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { insertAfterHiddenLayers } from "./layers.js";

export const dropout = defineTechnique({
  id: "dropout",
  title: "Dropout",
  params: { rate: dropoutLayer.definition.params.rate },
  apply: (recipe, { rate }) =>
    insertAfterHiddenLayers(recipe, "Dropout", () => dropoutLayer({ rate })),
  what:
    "In training, sets each output of each hidden layer to 0 with probability rate and scales the others up. " +
    "Prediction is without noise and needs no scaling.",
  formula: "training: y = x keep / (1 - rate), keep ~ Bernoulli(1 - rate); prediction: y = x",
  cost:
    "One mask a unit and step, one pass as ever: 14 to 16 % of a step in PyTorch at 512-256. But more epochs: " +
    "the paper says 2 to 3 times as many.",
  helps:
    "Wide networks that overfit, on medium to large data. Rates of 0.2 to 0.5 are a convention, not a rule: " +
    "sweep them.",
  fails:
    "Rates that leave too little width underfit: 0.8 did on 20,000 rows of MNIST. With 100 to 1,000 rows a " +
    "network mostly memorizes with dropout as without. The best rate depends on width and number of rows.",
  reference: "Srivastava et al., JMLR 15 (2014) 1929-1958",
});
