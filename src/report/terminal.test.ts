/** @file Expected texts: kept as files among the fixtures (`vitest -u` writes them). */
import { describe, expect, it } from "vitest";
import { sizeStudy, sweepStudy } from "../../test/fixtures/richStudies.js";
import { endEarly, sampleStudy, withArms } from "../../test/fixtures/sampleStudy.js";
import { terminalReport } from "./terminal.js";

const study = sampleStudy();
const fixture = (name: string): string => `../../test/fixtures/study-terminal-${name}.txt`;
const lines = (text: string): readonly string[] => text.split("\n");
const longest = (text: string): number => Math.max(...lines(text).map((line) => line.length));
const hasEscape = (text: string): boolean => text.includes("\x1b");

describe("terminalReport", () => {
  it("looks right at 120 columns", async () => {
    const text = terminalReport(study, { color: false, width: 120 });
    expect(longest(text)).toBeLessThanOrEqual(120);
    await expect(`${text}\n`).toMatchFileSnapshot(fixture("120"));
  });
  it("looks right at 80 columns, in plain ASCII", async () => {
    const text = terminalReport(study, { color: false, width: 80, unicode: false });
    expect(longest(text)).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(`${text}\n`).toMatchFileSnapshot(fixture("80"));
  });
  it.each([
    { name: "sweep", result: sweepStudy() },
    { name: "sizes", result: sizeStudy() },
  ])("looks right at 80 columns with a table of $name", async ({ name, result }) => {
    const text = terminalReport(result, { color: false, width: 80 });
    expect(longest(text)).toBeLessThanOrEqual(80);
    await expect(`${text}\n`).toMatchFileSnapshot(fixture(name));
  });
  it("tells many pairs of arms by their first metric alone", () => {
    const arms = Array.from({ length: 9 }, (_, index) => ({
      ...{ name: `elasticNet(l1=1e-${index},l2=1e-4)`, regularization: index / 8 },
    }));
    const text = terminalReport(sampleStudy({ arms, seeds: 3 }), { color: false, width: 80 });
    expect(longest(text)).toBeLessThanOrEqual(80);
    expect(text.match(/Difference in test accuracy from/g)).toHaveLength(1);
    expect(text).not.toContain("paired seeds, accuracy and gap");
  });
  it("begins with the verdict", () => {
    expect(lines(terminalReport(study, { color: false, width: 80 }))[0]).toBe(
      "dropout=0.5 is better than none in all 5 measures.",
    );
  });
  it("switches colors only when told, and says the same in words", () => {
    const plain = terminalReport(study, { color: false, width: 120 });
    const colored = terminalReport(study, { color: true, width: 120 });
    expect(hasEscape(plain)).toBe(false);
    expect(hasEscape(colored)).toBe(true);
    // eslint-disable-next-line no-control-regex -- color codes begin with the escape character
    expect(colored.replace(/\x1b\[\d+m/g, "")).toBe(plain);
  });
  it("makes no claim from one seed, and prints no spread", () => {
    const text = terminalReport(sampleStudy({ seeds: 1 }), { color: false, width: 120 });
    expect(text).toMatch(/^Too few seeds to tell dropout=0\.5 from none\./);
    expect(text).not.toMatch(/better|worse|\d ± \d/);
  });
  it("names every trial that failed, with its message", () => {
    const failure = { epoch: 3, step: 900, message: "The loss became NaN in epoch 3." };
    const failed = endEarly(study, { arm: "none", seed: 3, epochs: 2, failure });
    const text = terminalReport(failed, { color: false, width: 120 });
    expect(text).toContain("1 of 16 trials failed.");
    expect(text).toContain("none, seed 3: The loss became NaN in epoch 3.");
    expect(text).toContain("dropout=0.5 minus none, 7 paired seeds");
  });
  it("stands an arm without any finished trial", () => {
    const [none, dropout] = study.arms;
    const text = terminalReport(withArms(study, [{ ...none, trials: [] }, dropout]), {
      color: false,
      width: 120,
    });
    expect(text).toMatch(/^Too few seeds/);
    expect(text).toMatch(/none +accuracy % +– +–/);
  });
  it("reads what JSON leaves of NaN", () => {
    const stored = JSON.parse(JSON.stringify(sampleStudy({ seeds: 1 }))) as typeof study;
    const options = { color: false, width: 80 };
    expect(terminalReport(stored, options)).toBe(
      terminalReport(sampleStudy({ seeds: 1 }), options),
    );
  });
  it("prints no control character that hides in a name", () => {
    const arms = [
      { name: "none", regularization: 0 },
      { name: "\x1b[2Jx\r", regularization: 1 },
    ];
    const text = terminalReport(sampleStudy({ arms }), { color: false, width: 120 });
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text).toContain("?[2Jx?");
  });
});
