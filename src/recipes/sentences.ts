/** @file What is wrong with a value, as the end of a sentence; and mistakes as whole sentences. */
import type { z } from "zod";
import { describeValue, unknownName } from "../util/index.js";

/** How zod reports what it refuses, while it looks at the value. */
type RawIssue = z.core.$ZodRawIssue;
type Issue = z.core.$ZodIssue;

/** Where in the data: names of keys and numbers of entries. */
export type Path = readonly PropertyKey[];

/** Something to put right. `text` begins with "must" where it is about the value at the path itself. */
export interface Mistake {
  readonly path: Path;
  readonly text: string;
}

/**
 * The message of a schema that refuses a value.
 *
 * @param describe - "must be a number; got 5."
 */
export const refuse =
  (describe: (value: unknown) => string) =>
  ({ input }: RawIssue): string =>
    input === undefined ? "must be given; got nothing. It has no default." : describe(input);

/** What was given. A key without a value is null in YAML. */
export const describeGiven = (value: unknown): string =>
  value === undefined || value === null ? "nothing" : describeValue(value);

/** "must be [wanted]; got [value]." */
export const mustBe = (wanted: string): ((value: unknown) => string) => {
  return (value) => `must be ${wanted}; got ${describeGiven(value)}.`;
};

/** The messages of an object: it is none, or has keys that it should not have, one message a line. */
export const refuseObject = (noun: string, known: readonly string[]) =>
  function describe(issue: RawIssue): string {
    if (issue.code !== "unrecognized_keys") {
      return refuse(mustBe(`a mapping with ${known.join(", ")}`))(issue);
    }
    return issue.keys.map((key) => unknownName(noun, key, known).message).join("\n");
  };

/** Whether the value was of another type altogether than what the schema stands for. */
const isOtherType = ({ code, path }: Issue): boolean =>
  (code === "invalid_type" || code === "invalid_value" || code === "invalid_union") &&
  path.length === 0;

/** Of an alternative whose type fits, its own mistakes; else that none fits. */
function alternatives(issue: Issue & { code: "invalid_union" }, path: Path): readonly Mistake[] {
  const fitting = issue.errors.find((branch) => !branch.some(isOtherType));
  if (fitting !== undefined) return fitting.flatMap((one) => mistakesOf(one, path));
  return [{ path, text: issue.message }];
}

function mistakesOf(issue: Issue, base: Path): readonly Mistake[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const texts = issue.message.split("\n");
    return issue.keys.map((key, i) => ({ path: [...path, key], text: texts[i] }));
  }
  if (issue.code === "invalid_union") return alternatives(issue, path);
  return [{ path, text: issue.message }];
}

/** "model.layers[0].units" */
const describePath = (path: Path): string =>
  path
    .map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`))
    .join("");

/** Whether a key is missing because it stands there misspelled: that is one mistake, not two. */
const isMisspelled = ({ path, text }: Mistake, all: readonly Mistake[]): boolean =>
  text.includes("got nothing") &&
  all.some(
    (other) =>
      other.text.includes(`did you mean "${String(path.at(-1))}"`) &&
      describePath(other.path.slice(0, -1)) === describePath(path.slice(0, -1)),
  );

/** What is wrong, as data: each mistake once. */
export function listMistakes({ issues }: z.core.$ZodError): readonly Mistake[] {
  const all = issues.flatMap((issue) => mistakesOf(issue, []));
  const id = ({ path, text }: Mistake): string => `${describePath(path)} ${text}`;
  return all.filter(
    (one, i) => all.findIndex((other) => id(other) === id(one)) === i && !isMisspelled(one, all),
  );
}

/**
 * A mistake as a sentence.
 *
 * @param where - its subject: "recipe.yaml:9"
 * @param root - what the data is called: "recipe", or nothing
 */
export function sentence({ path, text }: Mistake, where: string, root?: string): string {
  // The text names an unknown key itself.
  const isKey = text.startsWith("Unknown") && text.includes(`"${String(path.at(-1))}"`);
  const named = isKey ? path.slice(0, -1) : path;
  const place = describePath(root === undefined ? named : [root, ...named]);
  if (text.startsWith("must ")) return `${where}: ${place === "" ? "the recipe" : place} ${text}`;
  return place === "" ? `${where}: ${text}` : `${where}: ${place}: ${text}`;
}
