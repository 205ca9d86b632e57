/** @file Public face of stats. */
export { differenceDecimals, inUnit, signed } from "./format.js";
export { mean, median, standardDeviation } from "./moments.js";
export { pairedDifferences, type PairedDifferences } from "./paired.js";
export { comparePaired, FEWEST_PAIRS, type Metric, type PairedComparison } from "./verdict.js";
