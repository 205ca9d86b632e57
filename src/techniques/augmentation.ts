/** @file Augmentation of training images by moves, turns, zooms and mirrors. */
import { flip, rotate, shift, zoom } from "../nn/index.js";
import { defineTechnique } from "./define.js";
import { addAugmentations } from "./training.js";

export const augmentation = defineTechnique({
  id: "augmentation",
  title: "Augmentation",
  params: {
    /** What is not named stays as it is, so that augmentation=0 is the baseline. */
    shift: shift.definition.params.height,
    degrees: { ...rotate.definition.params.degrees, default: 0 },
    zoom: { ...zoom.definition.params.range, default: 0 },
    flip: { ...flip.definition.params.rate, default: 0, advice: "Use flip 0 to switch it off." },
  },
  apply: (recipe, values) =>
    addAugmentations(
      recipe,
      [
        values.flip > 0 ? [flip({ rate: values.flip })] : [],
        values.zoom > 0 ? [zoom({ range: values.zoom })] : [],
        values.degrees > 0 ? [rotate({ degrees: values.degrees })] : [],
        values.shift > 0 ? [shift({ height: values.shift, width: values.shift })] : [],
      ].flat(),
    ),
  what:
    "Changes training images at random, anew at each step: moves them by up to shift of their sides, turns them by " +
    "up to degrees, makes them larger or smaller by up to zoom, mirrors them left to right with probability flip.",
  formula: "x = A x, A mirrors, then zooms by 1 +- zoom, turns by +- degrees, moves by +- shift",
  cost: "One resampling of the batch for each change in use; nothing in prediction.",
  helps: "Wherever the change leaves the class what it is: it is data for free.",
  fails:
    "Wherever it does not: mirrored digits are none, a 6 that is turned far is a 9. Rows must be images.",
  reference: "Simard, Steinkraus and Platt, ICDAR 2003",
});
