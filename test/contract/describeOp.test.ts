/** @file Every primitive against the contract. */
import { expect, test } from "vitest";
import { operations } from "../../src/graph/index.js";
import { describeOp } from "./describeOp.js";
import { opCases } from "./opCases.js";
import { opErrors } from "./opErrors.js";

operations.forEach(describeOp);

test("no table names a primitive that is gone", () => {
  const names = operations.map(({ name }) => name).sort();
  expect(Object.keys(opCases).sort()).toEqual(names);
  expect(Object.keys(opErrors).sort()).toEqual(names);
});
