/** @file The API documentation: `npm run docs` writes it to build/api. */
import { OptionDefaults } from "typedoc";

export default {
  entryPoints: ["src/node.ts"],
  out: "build/api",
  name: "Holdout",
  readme: "none",
  blockTags: [...OptionDefaults.blockTags, "@file"],
  // Internal types are documented where they are, not exported for the sake of the page.
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  treatValidationWarningsAsErrors: true,
};
