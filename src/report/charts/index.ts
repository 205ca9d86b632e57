/** @file The charts of the page. */
export { gapChart } from "./gapChart.js";
export { learningCurve, sharePanels } from "./learningCurve.js";
export { pairedDifferences } from "./pairedDifferences.js";
export { ARM_COLORS } from "./palette.js";
