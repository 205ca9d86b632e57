/** @file Public face of recipes. */
export { formatRecipe, type FormatOptions } from "./format.js";
export { recipeJsonSchema } from "./jsonSchema.js";
export { checkRecipe, parseRecipe, type RecipeFile } from "./parse.js";
