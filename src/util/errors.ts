/** @file The two kinds of error: the user's (one clear sentence) and ours (a defect to report). */

/**
 * Something the caller can put right: a bad value, a missing file, an unknown name.
 *
 * The message follows one form, `Who: what must be ...; got .... What to do.`, and the command line
 * prints it alone, without a stack, and exits with code 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** Where the value stands in what was checked: names of keys and positions in lists. See {@link locate}. */
  readonly at: readonly (string | number)[];
  constructor(message: string, options: ErrorOptions & Partial<Pick<UsageError, "at">> = {}) {
    const { at = [], ...rest } = options;
    super(message, rest);
    this.at = at;
  }
}

/** Checks a part of a whole, and puts its place before the places of what it refuses. */
export function locate<T>(at: UsageError["at"], check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message, { at: [...at, ...error.at], cause: error });
  }
}

/** A broken promise inside Holdout. `detail` holds what a maintainer needs, such as a graph dump. */
export class InternalError extends Error {
  override readonly name = "InternalError";
  constructor(
    message: string,
    readonly detail = "",
  ) {
    super(detail === "" ? message : `${message}\n${detail}`);
  }
}

/** Longer values are cut: the sentence names the place, and the file holds the rest. */
const LONGEST_VALUE = 80;

/** A value that was given, as a sentence names it: `"0.5"`, `[1,2]`, `a function`. */
export function describeValue(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "object" ? value === null : typeof value !== "string")
    return `${value as null}`;
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

/** Number of single-character edits that turn `a` into `b` (Levenshtein, 1966). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j] + 1, current[j - 1] + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length];
}

/**
 * The error for a name that is not in a list; it offers the nearest known name.
 *
 * @param kind - what the name stands for, in lower case: "technique", "data set".
 * @example
 * unknownName("technique", "dropuot", ["none", "dropout"]).message
 * // Unknown technique "dropuot"; did you mean "dropout"? Known: none, dropout.
 */
export function unknownName(kind: string, name: string, known: readonly string[]): UsageError {
  const nearest = known
    .map((candidate) => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance)[0];
  const hint =
    nearest !== undefined && nearest.distance <= Math.max(2, name.length / 3)
      ? `did you mean "${nearest.candidate}"? `
      : "";
  return new UsageError(`Unknown ${kind} "${name}"; ${hint}Known: ${known.join(", ")}.`);
}
