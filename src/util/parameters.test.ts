/** @file Declared ranges: what they accept, and the sentence for what they do not. */
import { describe, expect, test } from "vitest";
import { UsageError } from "./errors.js";
import { checkParameter, checkParameters, choice, integer, real } from "./parameters.js";

const rate = real({
  min: 0,
  max: 1,
  maxOpen: true,
  default: 0.5,
  advice: "Use rate 0 to switch it off.",
});
const epochs = integer({ min: 1, default: 20 });
const bounded = integer({ min: 1, max: 9, default: 3 });
const optimizer = choice({ choices: ["adam", "sgd"], default: "adam" });

describe("what lies in the range is returned", () => {
  test.each([0, 0.5, 1 - 2 ** -53])("rate %d of [0, 1)", (value) =>
    expect(checkParameter("Dropout", "rate", rate, value)).toBe(value),
  );
  test("ends that are open are left out, ends that are closed are not", () => {
    const open = real({ min: 0, minOpen: true, max: 1, default: 0.5 });
    expect(checkParameter("X", "x", open, 1)).toBe(1);
    expect(checkParameter("X", "x", open, Number.MIN_VALUE)).toBe(Number.MIN_VALUE);
    expect(() => checkParameter("X", "x", open, 0)).toThrow("x must be a number in (0, 1]; got 0.");
  });
  test("whole numbers, and a choice", () => {
    expect(checkParameter("Training", "epochs", epochs, 2 ** 31 - 1)).toBe(2 ** 31 - 1);
    expect(checkParameter("Training", "optimizer", optimizer, "sgd")).toBe("sgd");
  });
});

describe("what does not gets its sentence", () => {
  const sentence = (got: string) =>
    `Dropout: rate must be a number in [0, 1); got ${got}. Use rate 0 to switch it off.`;
  test.each<[unknown, string]>([
    [1, "1"],
    [-0.1, "-0.1"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    ["0.5", '"0.5"'],
    [null, "null"],
    [undefined, "undefined"],
  ])("rate %s", (value, got) => {
    const check = () => checkParameter("Dropout", "rate", rate, value);
    expect(check).toThrow(new UsageError(sentence(got)));
  });

  test.each<[string, Parameters<typeof checkParameter>[2], unknown, string]>([
    ["a whole number of at least 1", epochs, 0, "a whole number of at least 1; got 0."],
    ["a fraction", epochs, 1.5, "a whole number of at least 1; got 1.5."],
    ["past int32", epochs, 2 ** 31, "a whole number of at least 1; got 2147483648."],
    ["a bounded whole number", bounded, 10, "a whole number in [1, 9]; got 10."],
    ["any number", real({ default: 0 }), NaN, "a number; got NaN."],
    [
      "an open end",
      real({ min: 0, minOpen: true, default: 1 }),
      0,
      "a number greater than 0; got 0.",
    ],
    ["a closed end", real({ min: 0, default: 1 }), -1, "a number of at least 0; got -1."],
  ])("%s", (_, parameter, value, rest) => {
    expect(() => checkParameter("It", "x", parameter, value)).toThrow(
      new UsageError(`It: x must be ${rest}`),
    );
  });

  test("a range that ends above only", () => {
    const parameter = real({ max: 1, default: 0 });
    expect(() => checkParameter("It", "x", parameter, 2)).toThrow(
      new UsageError("It: x must be a number of at most 1; got 2."),
    );
  });

  test("a choice: with the nearest name", () => {
    expect(() => checkParameter("Training", "optimizer", optimizer, "adm")).toThrow(
      new UsageError('Training: Unknown optimizer "adm"; did you mean "adam"? Known: adam, sgd.'),
    );
  });
});

describe("a set of parameters", () => {
  const parameters = { rate, epochs, optimizer };
  test("fills in defaults, which must be in range themselves", () => {
    expect(checkParameters("It", parameters, {})).toEqual({
      rate: 0.5,
      epochs: 20,
      optimizer: "adam",
    });
    expect(checkParameters("It", parameters, { rate: 0 }).rate).toBe(0);
    expect(() => checkParameters("It", { n: integer({ min: 1, default: 0 }) }, {})).toThrow(
      "got 0",
    );
  });
  test("refuses a name that was not declared, with the nearest one", () => {
    expect(() => checkParameters("Dropout", parameters, { rte: 0.5 })).toThrow(
      new UsageError(
        'Dropout: Unknown parameter "rte"; did you mean "rate"? Known: rate, epochs, optimizer.',
      ),
    );
  });
  test("refuses names that every object has", () => {
    expect(() => checkParameters("It", parameters, { toString: 1 })).toThrow("Unknown parameter");
  });
  test("does not take null for a missing value", () => {
    expect(() => checkParameters("It", parameters, { rate: null })).toThrow("got null");
  });
});
