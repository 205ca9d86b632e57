/**
 * @file The report in a real browser: light, dark, phone, print; no overflow, request or script.
 *
 * HOLDOUT_SCREENSHOTS=folder keeps a picture of every page.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { htmlReport } from "../../src/report/index.js";
import type { StudyResult } from "../../src/study/index.js";
import {
  sizeStudy,
  sweepStudy,
  sweptSizesStudy,
  withDiagnostics,
} from "../fixtures/richStudies.js";
import { endEarly, sampleStudy } from "../fixtures/sampleStudy.js";
import { NO_BROWSER, openBrowser } from "./chromium.js";

const pictures = process.env.HOLDOUT_SCREENSHOTS;

const ATTACK = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script>`;

function sixArms(): StudyResult {
  const names = ["none", "dropout=0.5", "l2=1e-4+dropout=0.3", "l1=1e-4", "dropout=0", ATTACK];
  const study = sampleStudy({
    arms: names.map((name, index) => ({ name, regularization: [0, 1, 0.6, 0.2, 0, 0.4][index] })),
    seeds: 3,
  });
  const failure = { epoch: 5, step: 1701, message: `The loss became NaN. ${ATTACK}` };
  const failed = endEarly(study, { arm: "l1=1e-4", seed: 2, epochs: 4, failure });
  return withDiagnostics({ ...failed, interrupted: true });
}

const studies: Readonly<Record<string, StudyResult>> = {
  reference: sampleStudy(),
  "six-arms": sixArms(),
  diagnosed: withDiagnostics(sampleStudy()),
  sweep: sweepStudy(),
  sizes: sizeStudy(),
  "swept-sizes": sweptSizesStudy(),
  "one-seed": sampleStudy({ seeds: 1, epochs: 1 }),
};

const desk = { width: 1280, height: 900 };
const views = {
  light: { viewport: desk, colorScheme: "light", media: "screen" },
  dark: { viewport: desk, colorScheme: "dark", media: "screen" },
  phone: { viewport: { width: 360, height: 800 }, colorScheme: "light", media: "screen" },
  // A4 less its margins, at 96 pixels an inch; dark, because print must be light anyway.
  print: { viewport: { width: 680, height: 1000 }, colorScheme: "dark", media: "print" },
} as const;

const cases = Object.keys(studies).flatMap((study) =>
  (Object.keys(views) as (keyof typeof views)[]).map((view) => ({ study, view })),
);

/** Everything that a page which only shows text and drawings must not do. */
function watch(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) seen.push(`request: ${request.url()}`);
  });
  return seen;
}

/** What sticks out at the right of the window, outside of boxes that scroll by themselves. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const outside = [...document.querySelectorAll("body *")].filter(
      (element) =>
        element.closest(".scroll *, svg *") === null &&
        element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
    );
    return outside.map((element) => element.outerHTML.slice(0, 80));
  });

/** Relative luminance of the page's background, 0 to 255. */
const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
    return (Number(red) + Number(green) + Number(blue)) / 3;
  });

describe("the report in Chromium", () => {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), "holdout-report-"));

  beforeAll(async () => {
    browser = await openBrowser();
    for (const [name, study] of Object.entries(studies)) {
      writeFileSync(join(folder, `${name}.html`), htmlReport(study));
    }
  });
  beforeEach(({ skip }) => skip(browser === undefined, NO_BROWSER));
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(study: string, view: keyof typeof views): Promise<[Page, readonly string[]]> {
    const { viewport, colorScheme, media } = views[view];
    if (browser === undefined) throw new Error(NO_BROWSER);
    const page = await browser.newPage({ viewport, colorScheme });
    const seen = watch(page);
    await page.emulateMedia({ media, colorScheme });
    await page.goto(pathToFileURL(join(folder, `${study}.html`)).href, {
      waitUntil: "networkidle",
    });
    return [page, seen];
  }

  it.each(cases)(
    "$study in $view: nothing overflows, loads or complains",
    async ({ study, view }) => {
      const [page, seen] = await open(study, view);
      expect(await overflowing(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
        views[view].viewport.width,
      );
      const light = (await brightness(page)) > 200;
      expect(light).toBe(view !== "dark");
      if (pictures !== undefined) {
        await page.screenshot({ path: join(pictures, `${study}-${view}.png`), fullPage: true });
      }
      expect(seen).toEqual([]);
      await page.close();
    },
  );

  it("has one headline, sections with headings, and tables behind its charts", async () => {
    const [page] = await open("reference", "light");
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("main > section > h2").count()).toBe(
      await page.locator("main > section").count(),
    );
    const charts = await page.getByRole("img").count();
    expect(charts).toBe(12);
    expect(await page.locator("figure details table").count()).toBe(charts);
    await page.locator("figure summary").first().click();
    expect(await page.locator("figure table").first().isVisible()).toBe(true);
    await page.close();
  });

  it("decodes every picture of a mistake, pixel for pixel", async () => {
    const [page] = await open("diagnosed", "light");
    const sizes = await page.locator(".gallery img").evaluateAll((images) =>
      images.map((image) => {
        const { naturalWidth, naturalHeight } = image as HTMLImageElement;
        return [naturalWidth, naturalHeight];
      }),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.every(([width, height]) => width === 8 && height === 8)).toBe(true);
    await page.close();
  });

  it("prints what stands behind the disclosures of its sections", async () => {
    const [page] = await open("sweep", "print");
    for (const name of ["confusion", "trials"]) {
      const table = page.locator(`section[aria-labelledby=${name}] details table`).last();
      expect(await table.evaluate((element) => element.checkVisibility())).toBe(true);
      expect(
        await table.evaluate((element) => element.getBoundingClientRect().height),
      ).toBeGreaterThan(40);
    }
    await page.close();
  });

  it("prints of a folded size its tables, of an open one its charts too, and numbers of charts that are open", async () => {
    const [page] = await open("swept-sizes", "print");
    const isVisible = (selector: string): Promise<boolean> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.checkVisibility());
    const of = (id: string, state: string): string =>
      `section[aria-labelledby=${id}] > .size${state}`;
    const [folded, unfolded] = [":not([open])", "[open]"];
    expect(await isVisible(`${of("sweeps", folded)} > .scroll table`)).toBe(true);
    expect(await isVisible(`${of("sweeps", folded)} figure`)).toBe(false);
    expect(await isVisible(`${of("sweeps", unfolded)} figure`)).toBe(true);
    expect(await isVisible(of("curves", folded))).toBe(false);
    expect(await isVisible("nav")).toBe(false);
    expect(await isVisible("figure details")).toBe(false);
    await page.evaluate(() =>
      document.querySelectorAll("figure details").forEach((one) => one.setAttribute("open", "")),
    );
    expect(await isVisible(`${of("sweeps", unfolded)} figure details table`)).toBe(true);
    await page.close();
  });

  it("draws its charts in the colours of the page", async () => {
    const colorIn = async (view: "light" | "dark"): Promise<string> => {
      const [page] = await open("reference", view);
      const curve = page.locator('figure svg [aria-label="line"]').last();
      const color = await curve.evaluate((element) => getComputedStyle(element).stroke);
      await page.close();
      return color;
    };
    const colors = await Promise.all([colorIn("light"), colorIn("dark")]);
    expect(colors).toEqual(["rgb(0, 104, 168)", "rgb(93, 183, 238)"]);
  });

  it("shows a hostile arm name as text and runs none of it", async () => {
    const [page] = await open("six-arms", "light");
    expect(await page.evaluate(() => "hit" in window)).toBe(false);
    expect(await page.locator("script, [onerror], [src=x]").count()).toBe(0);
    expect(await page.locator("tbody th", { hasText: ATTACK }).count()).toBeGreaterThan(0);
    await page.close();
  });

  it("keeps a hostile script inert even if it were not escaped: the page's policy forbids it", async () => {
    const [page] = await open("reference", "light");
    const text = htmlReport(studies.reference).replace(
      "<main>",
      `<main><script>window.hit = 1</script>`,
    );
    await page.setContent(text);
    expect(await page.evaluate(() => "hit" in window)).toBe(false);
    await page.close();
  });
});
