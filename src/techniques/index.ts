/** @file Public face of techniques. */
export { applyArm, parseArm, type Arm, type TechniqueChoice } from "./arm.js";
export type { Technique, TechniqueCost } from "./define.js";
export { techniques } from "./list.js";
export {
  referenceRecipe,
  type DataChoice,
  type Recipe,
  type SplitChoice,
  type TrainingChoice,
} from "./recipe.js";
