/** @file A study's results as one self-contained HTML page, the verdict first. */
import type { StudyResult } from "../study/index.js";
import { page } from "./page.js";
import { armsSection } from "./sections/armsSection.js";
import { curvesSection, gapSection } from "./sections/curvesSection.js";
import { methodSection, reproduceSection } from "./sections/methodSection.js";
import { trialsSection } from "./sections/trialsSection.js";
import { verdictSection } from "./sections/verdictSection.js";

/**
 * The report as the text of an HTML document. It loads nothing, runs no script, and every name and
 * message of the study is escaped. The same result gives the same text.
 */
export const htmlReport = (result: StudyResult): string =>
  page(result, [
    verdictSection(result),
    armsSection(result),
    curvesSection(result),
    gapSection(result),
    trialsSection(result),
    methodSection(result),
    reproduceSection(result),
  ]);
