/** @file What `npm test` runs: the unit tests, the examples of the documentation, and a real browser. */
import { defineConfig } from "vitest/config";
import { totalsReporter } from "./test/totalsReporter.js";

export default defineConfig({
  test: {
    environment: "node",
    // Processes, not threads: tests set V8 flags and start worker threads of their own.
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", totalsReporter],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/docs/**", "test/browser/**"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: "docs", include: ["test/docs/**/*.test.ts"], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: "browser", include: ["test/browser/**/*.test.ts"], testTimeout: 60_000 },
      },
    ],
  },
});
