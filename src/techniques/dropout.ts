/** @file Dropout after each hidden layer. */
import { dropout as dropoutLayer } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { insertAfterHiddenLayers } from "./recipe.js";

export const dropout = defineTechnique({
  id: "dropout",
  title: "Dropout",
  params: { rate: dropoutLayer.definition.params.rate },
  apply: (recipe, { rate }) => insertAfterHiddenLayers(recipe, () => dropoutLayer({ rate })),
  cost: { trainStep: 1.02, epochsToBest: 2.5, inference: 1 },
  reference: "Srivastava et al., JMLR 15 (2014) 1929-1958",
});
