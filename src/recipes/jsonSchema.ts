/** @file The schema of recipe files as JSON Schema, by which editors complete and check them. */
import { z } from "zod";
import { createRecipeSchema } from "./schema.js";

/** The bounds that zod gives a whole number without any. */
const isNoBound = (bound: unknown): boolean =>
  Math.abs(bound as number) === Number.MAX_SAFE_INTEGER;

/**
 * JSON Schema, draft 7, of recipe files, JSON and YAML alike. It says what editors can check; `parseRecipe` checks
 * more, such as parameters that exclude each other.
 */
export function recipeJsonSchema(): object {
  const { schema, registry } = createRecipeSchema();
  return {
    ...z.toJSONSchema(schema, {
      target: "draft-7",
      io: "input",
      metadata: registry,
      override: ({ jsonSchema }) => {
        if (isNoBound(jsonSchema.minimum)) delete jsonSchema.minimum;
        if (isNoBound(jsonSchema.maximum)) delete jsonSchema.maximum;
      },
    }),
    title: "Holdout recipe",
  };
}
