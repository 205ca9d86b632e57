import { describe, expect, it } from "vitest";
import { techniques } from "../techniques/index.js";
import { explainOutput, techniquesOutput } from "./techniques.js";

describe("holdout techniques", () => {
  it("has a line for each, with its first parameter and range", () => {
    const lines = techniquesOutput({}).trimEnd().split("\n");
    expect(lines).toHaveLength(techniques.length + 1);
    expect(lines[0]).toMatch(/^ID +TITLE +PARAMETER +RANGE$/);
    expect(lines).toContainEqual(
      expect.stringMatching(/^dropout +Dropout +rate +a number in \[0, 1\)$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^l2 +L2 +strength +a number of at least 0$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^earlyStopping +EarlyStopping +patience +a whole number of at least 1$/,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^fewerParameters +FewerParameters +factor +a number in \(0, 1\]$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^none +None$/));
  });

  it("gives the definitions as JSON", () => {
    const parsed = JSON.parse(techniquesOutput({ json: true })) as { id: string }[];
    expect(parsed.map(({ id }) => id)).toEqual(techniques.map(({ id }) => id));
  });
});

describe("holdout explain", () => {
  it("prints all that the definition says, and how it is written", () => {
    const text = explainOutput("elasticNet", {});
    const technique = techniques.find(({ id }) => id === "elasticNet");
    if (technique === undefined) throw new Error("there is no elasticNet");
    const { what, formula, cost, helps, fails, reference } = technique;
    for (const part of [what, formula, cost, helps, fails, reference]) {
      expect(text).toContain(part);
    }
    expect(text).toContain(
      "Written  elasticNet=0.0001 or elasticNet(l1=0.0001,l2=0.0001,method=proximal)",
    );
    expect(text).toMatch(
      / {2}l1 +a number of at least 0 +default 0\.0001, off 0, worth searching 0\.000001 to 0\.1/,
    );
    expect(text).toMatch(/ {2}method +proximal or subgradient +default proximal/);
  });

  it("gives one as JSON, without ends that are infinite", () => {
    expect(JSON.parse(explainOutput("dropout", { json: true }))).toMatchObject({
      id: "dropout",
      params: { rate: { min: 0, max: 1, maxOpen: true, default: 0.5, off: 0 } },
    });
    expect(explainOutput("l2", { json: true })).not.toContain("null");
  });

  it("names the nearest for an unknown one", () => {
    expect(() => explainOutput("dropuot", {})).toThrow(
      'Unknown technique "dropuot"; did you mean "dropout"?',
    );
  });
});
