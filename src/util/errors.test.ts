/** @file The two kinds of error, and the nearest known name. */
import { describe, expect, test } from "vitest";
import { InternalError, locate, UsageError, unknownName } from "./errors.js";

test("errors carry their names, and a maintainer's detail follows the message", () => {
  expect(new UsageError("a").name).toBe("UsageError");
  expect(new InternalError("a").message).toBe("a");
  const error = new InternalError("Broken.", "%0 = constant");
  expect([error.name, error.message, error.detail]).toEqual([
    "InternalError",
    "Broken.\n%0 = constant",
    "%0 = constant",
  ]);
});

describe("locate", () => {
  const refuse = (at: UsageError["at"]) => (): never => {
    throw new UsageError("Who: no.", { at });
  };
  test("puts the place of the part before the place within it", () => {
    const error = new UsageError("Who: no.", { at: ["layers", 2, "inputs"] });
    expect(() => locate(["layers", 2], refuse(["inputs"]))).toThrow(error);
    expect(() => locate(["layers"], () => locate([2], refuse(["inputs"])))).toThrow(error);
  });
  test("gives what the check gives, and lets defects pass", () => {
    expect(locate(["a"], () => 1)).toBe(1);
    const defect = new InternalError("Broken.");
    const fail = (): never => {
      throw defect;
    };
    expect(() => locate(["a"], fail)).toThrow(defect);
  });
});

describe("an unknown name", () => {
  const known = ["none", "dropout", "l2"];
  test.each([
    ["dropuot", 'did you mean "dropout"? '],
    ["Dropout", 'did you mean "dropout"? '],
    ["l1", 'did you mean "l2"? '],
    ["non", 'did you mean "none"? '],
    ["somethingElse", ""],
  ])("%s", (name, hint) => {
    const expected = `Unknown technique "${name}"; ${hint}Known: none, dropout, l2.`;
    expect(unknownName("technique", name, known)).toEqual(new UsageError(expected));
  });
  test("of which nothing is known", () =>
    expect(unknownName("arm", "x", []).message).toBe('Unknown arm "x"; Known: .'));
});
