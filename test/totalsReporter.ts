/** @file Vitest's closing lines in plain words: why tests were skipped, then "N passed, N failed". */
import type { Reporter, TestModule } from "vitest/node";

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** How many tests were skipped for each reason. */
  readonly reasons: Map<string, number>;
}

/** A file that does not load, and an error outside of any test, count as one failure each. */
function countTests(modules: readonly TestModule[], errorsOutsideTests: number): Totals {
  const totals: Totals = { passed: 0, failed: errorsOutsideTests, skipped: 0, reasons: new Map() };
  for (const module of modules) {
    totals.failed += module.errors().length;
    for (const suite of module.children.allSuites()) totals.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "pending") continue;
      totals[result.state]++;
      if (result.state !== "skipped") continue;
      const reason = result.note ?? "no reason given";
      totals.reasons.set(reason, (totals.reasons.get(reason) ?? 0) + 1);
    }
  }
  return totals;
}

export const totalsReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const { passed, failed, skipped, reasons } = countTests(modules, unhandledErrors.length);
    for (const [reason, count] of reasons) console.log(`${count} skipped: ${reason}`);
    const tail = skipped === 0 ? "" : `, ${skipped} skipped`;
    console.log(`${passed} passed, ${failed} failed${tail}`);
  },
};
