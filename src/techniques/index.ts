/** @file Public face of techniques. */
export {
  applyArm,
  findTechnique,
  parseArm,
  splitArms,
  type Arm,
  type TechniqueChoice,
} from "./arm.js";
export type { Explanation, Technique } from "./define.js";
export { techniques } from "./list.js";
export {
  countTrainings,
  recipeParameters,
  referenceRecipe,
  totalEpochs,
  type DataChoice,
  type EnsembleChoice,
  type Recipe,
  type SplitChoice,
  type TrainingChoice,
} from "./recipe.js";
