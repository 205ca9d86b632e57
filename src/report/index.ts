/** @file Public face of report. */
export { htmlReport } from "./html.js";
export { summarizeArms, type ArmSummary, type ScoreSpreads, type Spread } from "./summary.js";
export { terminalReport, type TerminalOptions } from "./terminal.js";
