/** @file The charts of the page. */
export { axisNumber, bandChart, type BandAxis, type BandLine, type Choice } from "./bandChart.js";
export { costChart } from "./costChart.js";
export { gapChart } from "./gapChart.js";
export { learningCurve, sharePanels } from "./learningCurve.js";
export { pairedDifferences } from "./pairedDifferences.js";
export { ARM_COLORS, armStyle } from "./palette.js";
export { reliabilityDiagram } from "./reliabilityDiagram.js";
export { shareHistograms, weightHistogram } from "./weightHistogram.js";
