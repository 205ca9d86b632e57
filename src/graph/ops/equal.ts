/** @file equal: a == b; false where either is NaN. */
import { defineComparison } from "../define.js";

export const equal = defineComparison({ name: "equal", formula: (a, b) => a === b });
