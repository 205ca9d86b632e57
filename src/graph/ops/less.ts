/** @file less: a < b; false where either is NaN. */
import { defineComparison } from "../define.js";

export const less = defineComparison({ name: "less", formula: (a, b) => a < b });
