/** @file A study's results as one self-contained HTML page, the answer first. */
import type { StudyResult } from "../study/index.js";
import { page } from "./page.js";
import { armsSection } from "./sections/armsSection.js";
import { calibrationSection } from "./sections/calibrationSection.js";
import { confusionSection } from "./sections/confusionSection.js";
import { costSection } from "./sections/costSection.js";
import { curvesSection, gapSection } from "./sections/curvesSection.js";
import { methodSection, reproduceSection } from "./sections/methodSection.js";
import { sizesSection } from "./sections/sizesSection.js";
import { sweepSection } from "./sections/sweepSection.js";
import { trialsSection } from "./sections/trialsSection.js";
import { verdictSection } from "./sections/verdictSection.js";
import { weightsSection } from "./sections/weightsSection.js";

/**
 * The report as the text of an HTML document. It loads nothing, runs no script, and every name and
 * message of the study is escaped. The same result gives the same text.
 */
export const htmlReport = (result: StudyResult): string =>
  page(
    result,
    [
      // What a sweep or a study of sizes is made for comes before its many single comparisons.
      sweepSection(result),
      sizesSection(result),
      verdictSection(result),
      armsSection(result),
      curvesSection(result),
      gapSection(result),
      weightsSection(result),
      calibrationSection(result),
      confusionSection(result),
      costSection(result),
      trialsSection(result),
      methodSection(result),
      reproduceSection(result),
    ].filter((section) => section !== undefined),
  );
