/** @file Expected: the page's own promises. Its words are kept as a file beside the fixtures. */
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { endEarly, sampleStudy, withArms } from "../../test/fixtures/sampleStudy.js";
import {
  sizeStudy,
  sweepStudy,
  sweptSizesStudy,
  withDiagnostics,
} from "../../test/fixtures/richStudies.js";
import type { StudyResult } from "../study/index.js";
import { htmlReport } from "./html.js";

const study = sampleStudy();
const page = htmlReport(study);
const parse = (text: string): Document => parseHTML(text).document;
const textOf = (text: string): string => (parse(text).body.textContent ?? "").replace(/\s+/g, " ");

const failure = { epoch: 3, step: 900, message: "The loss became NaN: lower the rate." };
const failedStudy: StudyResult = {
  ...endEarly(study, { arm: "none", seed: 3, epochs: 2, failure }),
  interrupted: true,
};

describe("htmlReport", () => {
  it("has the words it had", async () => {
    const document = parse(page);
    for (const drawing of document.querySelectorAll("svg")) drawing.remove();
    const words = (document.body.textContent ?? "")
      .replace(/[ \t]+/g, " ")
      .replace(/\s*\n\s*/g, "\n");
    await expect(`${words.trim()}\n`).toMatchFileSnapshot("../../test/fixtures/study-page.txt");
  });
  it("begins with the verdict", () => {
    const document = parse(page);
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(document.querySelector("h1")?.textContent).toBe(
      "dropout=0.5 is better than none in all 5 measures.",
    );
    expect(page.indexOf("<h1")).toBeLessThan(page.indexOf("<h2"));
  });
  it("holds no script, no address to load from and no handler", () => {
    expect(page).not.toMatch(/<script|<link|<iframe|<object|<img|@import|url\(|javascript:/i);
    expect(page).not.toMatch(/\s(on\w+|src)=|href="(?!#)/i);
    expect(page.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:\/\//);
  });
  it("is the same text for the same result", () => expect(htmlReport(study)).toBe(page));
  it("draws a panel of loss and accuracy for each arm, two gaps, each comparison, and costs", () => {
    const figures = parse(page).querySelectorAll("figure");
    expect(figures).toHaveLength(2 * 2 + 2 + 5 + 1);
    for (const item of figures) {
      expect(item.querySelector("[role=img]")?.getAttribute("aria-label")).toBeTruthy();
      expect(item.querySelector("figcaption")?.textContent).toBeTruthy();
      expect(item.querySelector("details table tbody tr")).not.toBeNull();
    }
  });
  it("draws each seed of each comparison as a dot", () => {
    for (let seed = 1; seed <= 8; seed++) {
      expect(page.split(`<title>seed ${seed}</title>`)).toHaveLength(5 + 1);
    }
  });
  it("nests its headings without gaps", () => {
    const levels = [...parse(page).querySelectorAll("h1, h2, h3")].map(({ tagName }) =>
      Number(tagName[1]),
    );
    levels.slice(1).forEach((level, index) => expect(level).toBeLessThanOrEqual(levels[index] + 1));
  });
  it("names recipe, data, seeds, versions and the command", () => {
    const words = textOf(page);
    for (const fact of [
      study.environment.command,
      study.data.hash,
      "1, 2, 3, 4, 5, 6, 7, 8",
      "wasm, relaxed SIMD",
      "node v20.19.0",
      '"learningRate": 0.001',
      "2026-01-02 03:04 UTC",
    ]) {
      expect(words).toContain(fact);
    }
  });
  it("says that metrics are not corrected against each other", () => {
    expect(textOf(page)).toContain("The 5 intervals are not corrected against each other");
  });
  it("has every statistic of each pair of arms, and of several a matrix of verdicts", () => {
    expect(textOf(page)).toContain("p, Wilcoxon");
    const arms = ["none", "a", "b"].map((name, i) => ({ name, regularization: i / 2 }));
    const document = parse(htmlReport(sampleStudy({ arms })));
    expect(document.querySelectorAll(".matrix tbody tr")).toHaveLength(2);
    expect(document.querySelectorAll(".matrix tbody td .badge")).toHaveLength(10);
  });
});

describe("htmlReport of diagnostics, sweeps and sizes", () => {
  const headings = (text: string): readonly string[] =>
    [...parse(text).querySelectorAll("h2")].map(({ id }) => id);
  const diagnosed = htmlReport(withDiagnostics(study));
  const swept = htmlReport(sweepStudy());
  const sized = htmlReport(sizeStudy());

  it("has each section only where there is something to show", () => {
    const always = ["verdicts", "arms", "curves", "gap", "cost", "trials", "method", "reproduce"];
    const diagnostics = ["weights", "calibration", "confusion"];
    const sort = (ids: readonly string[]): readonly string[] => [...ids].sort();
    expect(sort(headings(page))).toEqual(sort(always));
    expect(sort(headings(diagnosed))).toEqual(sort([...always, ...diagnostics]));
    expect(sort(headings(swept))).toEqual(sort([...always, ...diagnostics, "sweeps"]));
    expect(sort(headings(sized))).toEqual(sort([...always, ...diagnostics, "sizes"]));
  });
  it("shows mistakes as pictures in the page itself, each with its words", () => {
    const images = [...parse(diagnosed).querySelectorAll("img")];
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      expect(image.getAttribute("src")).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/);
      expect(image.getAttribute("alt")).toMatch(/^row \d+: \d taken for \d with [\d.]+ %$/);
    }
  });
  it("lists mistakes in words where rows are no pictures", () => {
    const plain = JSON.parse(
      JSON.stringify(withDiagnostics(study)).replace(/"pixels":"[^"]*"/g, '"pixels":null'),
      (key, value: unknown) => (key === "pixels" ? undefined : value),
    ) as StudyResult;
    const text = htmlReport(plain);
    expect(text).not.toContain("<img");
    expect(textOf(text)).toMatch(/row \d+: \d taken for \d with \d+ %, \d seeds?/);
  });
  it("marks what validation chose of a sweep, with the test set beside it", () => {
    const { sweeps } = sweepStudy();
    const section = parse(swept).querySelector("section[aria-labelledby=sweeps]");
    const rows = [...(section?.querySelectorAll("table")[0]?.querySelectorAll("tbody tr") ?? [])];
    const [best] = sweeps.map(({ points, best: index }) => points[index ?? -1].arm);
    expect(rows[0].textContent).toContain(best);
    expect(section?.querySelectorAll("figure").length).toBe(6);
    expect(section?.querySelector("svg")?.textContent).toContain("1 SE");
  });
  it("names the rows of every size on the axis, and what the sizes have in common", () => {
    const section = parse(sized).querySelector("section[aria-labelledby=sizes]");
    expect(section?.textContent).toContain("same number of updates");
    for (const rows of ["100", "2,000", "54,000"]) {
      expect(section?.querySelector("svg")?.textContent).toContain(rows);
    }
  });
  it("tells how seeds were added", () => {
    expect(textOf(sized)).toContain("Seeds were added to a pilot of 5");
    expect(textOf(sized)).toContain("Student’s t with 4 degrees of freedom");
  });
  it("never prints NaN, undefined or null, and is the same after storage", () => {
    for (const [result, text] of [
      [withDiagnostics(study), diagnosed],
      [sweepStudy(), swept],
      [sizeStudy(), sized],
    ] as const) {
      expect(textOf(text)).not.toMatch(/NaN|undefined|Infinity|\bnull\b/);
      expect(htmlReport(JSON.parse(JSON.stringify(result)) as StudyResult)).toBe(text);
    }
  });
});

describe("htmlReport of a sweep at several sizes", () => {
  const result = sweptSizesStudy();
  const document = parse(htmlReport(result));
  const partsOf = (id: string) => [
    ...document.querySelectorAll(`section[aria-labelledby=${id}] > details.size`),
  ];

  it("names its sections at the top, in their order, and each link leads to its heading", () => {
    const links = [...document.querySelectorAll("nav[aria-label=Contents] a")];
    const headings = [...document.querySelectorAll("h2")];
    expect(links.map((link) => link.textContent)).toEqual(headings.map((one) => one.textContent));
    expect(links.map((link) => link.getAttribute("href"))).toEqual(
      headings.map(({ id }) => `#${id}`),
    );
  });
  it.each(["sweeps", "verdicts", "arms", "curves", "weights", "calibration", "confusion"])(
    "folds %s by size, the largest unfolded, and shows of each size its own",
    (id) => {
      const parts = partsOf(id);
      const summaries = parts.map((part) => part.querySelector("summary")?.textContent);
      expect(summaries).toEqual(["2,000 training rows", "54,000 training rows"]);
      expect(parts.map((part) => part.hasAttribute("open"))).toEqual([false, true]);
      const [small, large] = parts.map((part) => part.textContent);
      expect(small).not.toContain("54,000 rows");
      expect(large).not.toContain("2,000 rows");
      expect(small.replaceAll("2,000 ", "").replaceAll(" 2k", "")).toBe(
        large.replaceAll("54,000 ", "").replaceAll(" 54k", ""),
      );
    },
  );
  it("leaves nothing out: a panel of each arm, and six charts of each sweep", () => {
    const figuresOf = (id: string) =>
      partsOf(id).map((part) => part.querySelectorAll("figure").length);
    expect(figuresOf("curves")).toEqual([12, 12]);
    expect(figuresOf("sweeps")).toEqual([6, 6]);
    expect(figuresOf("verdicts")).toEqual([5, 5]);
  });
  it("folds nothing in a study of one size", () =>
    expect(parse(page).querySelector("details.size")).toBeNull());
});

describe("htmlReport of a study in trouble", () => {
  it("shows failed trials and the interruption before anything else", () => {
    const text = htmlReport(failedStudy);
    const document = parse(text);
    expect(document.querySelector("[role=note]")?.textContent).toContain(
      "The study was interrupted",
    );
    expect(document.querySelector("[role=note]")?.textContent).toContain("1 of 16 trials failed.");
    expect(textOf(text)).toContain(
      "none, seed 3 (epoch 3, step 900): The loss became NaN: lower the rate.",
    );
    expect(text).toContain("<title>seed 3 ended early</title>");
    expect(textOf(text)).toContain("7 of 8");
  });
  it("makes no claim from one seed of one epoch", () => {
    const words = textOf(htmlReport(sampleStudy({ seeds: 1, epochs: 1 })));
    expect(words).toContain("Too few seeds to tell dropout=0.5 from none.");
    expect(words).not.toMatch(/has a (lower|higher)/);
  });
  it("stands a study in which nothing finished", () => {
    const empty = withArms(
      study,
      study.arms.map((arm) => ({ ...arm, trials: [] })),
    );
    expect(textOf(htmlReport(empty))).toContain("No trial finished.");
    expect(htmlReport(empty)).not.toMatch(/NaN|undefined|Infinity/);
    const noArms = { ...withArms(study, []), comparisons: [] };
    expect(textOf(htmlReport(noArms))).toContain("No comparison: 0 arms trained.");
  });
  it("never prints NaN, undefined or null", () => {
    for (const result of [
      study,
      failedStudy,
      sampleStudy({ seeds: 1 }),
      sampleStudy({ seeds: 2 }),
    ]) {
      const text = htmlReport(result).replaceAll("The loss became NaN", "");
      expect(text).not.toMatch(/NaN|undefined|Infinity|\bnull\b/);
    }
  });
  it("reads what JSON leaves of NaN", () => {
    const single = sampleStudy({ seeds: 1 });
    const stored = JSON.parse(JSON.stringify(single)) as StudyResult;
    expect(htmlReport(stored)).toBe(htmlReport(single));
  });
});

describe("htmlReport of hostile names", () => {
  const attack = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
  const arms = [
    { name: "none", regularization: 0 },
    { name: attack, regularization: 1 },
  ];
  const hostile = endEarly(sampleStudy({ arms }), {
    arm: attack,
    seed: 1,
    epochs: 3,
    failure: { epoch: 4, step: 1, message: attack },
  });
  const text = htmlReport({
    ...hostile,
    data: { ...hostile.data, name: attack, hash: attack },
    environment: { ...hostile.environment, processor: attack, command: attack, holdout: attack },
    recipe: { [attack]: attack },
  });

  it("makes no element and no attribute of them", () => {
    const document = parse(text);
    expect(document.querySelectorAll("script, img, iframe, [onerror], [src]")).toHaveLength(0);
    expect(text).not.toMatch(/<script|<img/);
  });
  it("shows them as text", () => {
    const heading = parse(text).querySelector("h1")?.textContent;
    expect(heading).toBe(`${attack} is better than none in all 5 measures.`);
  });
});
