/** @file Lint rules: typed TypeScript rules, and the borders that keep the library free of its surroundings. */
import { builtinModules } from "node:module";
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const tests = ["**/*.test.ts", "test/**"];
/** The folders that may speak to Node; everything else runs in a browser unchanged. */
const nodeAdapters = ["src/node/**", "src/node.ts", "src/cli/**"];

const nodeModules = {
  group: ["node:*", ...builtinModules.map((name) => `/${name}`)],
  message: "Only src/node and src/cli speak to Node; have what you need handed in.",
};

/** Global names that exist in Node or in a page only, with what to do instead. */
const surroundings = [
  ...["process", "Buffer", "global", "require", "__dirname", "__filename", "setImmediate"],
  ...["document", "window", "localStorage", "navigator", "self"],
].map((name) => ({ name, message: "Have what you need handed in: this code runs everywhere." }));

const webAssembly = { name: "WebAssembly", message: "Only src/runtime compiles and runs code." };
const clock = { name: "performance", message: "Have a clock handed in." };
/** `globalThis.process` is `process`. */
const restrictGlobals = (...globals) => ["error", { globals, checkGlobalObject: true }];

const clockAndChance = [
  { object: "Math", property: "random", message: "Use a named randomStream of src/util." },
  { object: "Date", property: "now", message: "Have a clock handed in." },
];
const newDate = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: "Have a clock handed in.",
};

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "test/docs/.run/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // Loops over two arrays at once, or over typed arrays, read better with their index.
      "@typescript-eslint/prefer-for-of": "off",
      // `() => doIt()` and `return doIt()` are short ways to hand in an action and to leave after one.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Interfaces here describe plain objects of functions, which never use `this`.
      "@typescript-eslint/unbound-method": "off",
      // Indexing without noUncheckedIndexedAccess has the element's type: a check of it is no mistake.
      "@typescript-eslint/no-unnecessary-condition": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: [...nodeAdapters, ...tests],
    rules: {
      "no-restricted-imports": ["error", { patterns: [nodeModules] }],
      "no-restricted-globals": restrictGlobals(...surroundings, clock, webAssembly),
      "no-restricted-properties": ["error", ...clockAndChance],
      "no-restricted-syntax": ["error", newDate],
      "no-console": "error",
    },
  },
  {
    files: ["src/runtime/**/*.ts"],
    ignores: tests,
    rules: { "no-restricted-globals": restrictGlobals(...surroundings, clock) },
  },
  {
    files: nodeAdapters,
    ignores: tests,
    rules: { "no-restricted-globals": restrictGlobals(webAssembly) },
  },
  {
    // Tests must give the same numbers every time.
    files: tests,
    rules: {
      "no-restricted-properties": ["error", ...clockAndChance],
      // Stand-ins for asynchronous parts, and fixtures whose reader names their type.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Published values are copied with all their digits.
      "no-loss-of-precision": "off",
      // A wrong assertion fails the test, which is what a test is for.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["*.js", "scripts/**/*.js", "bench/**/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["AbortController", "console", "performance", "process", "URL"].map((name) => [
          name,
          "readonly",
        ]),
      ),
    },
  },
);
