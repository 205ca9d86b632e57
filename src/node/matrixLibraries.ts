/** @file Finds the system's BLAS: one that is named, or the first of the well-known ones that multiplies rightly. */
import { verifyLibrary, type MatrixLibrary, type SimdBits } from "../runtime/index.js";
import { unknownName, UsageError } from "../util/index.js";
import { koffiOpener, type LibraryOpener } from "./blas.js";

/**
 * Who multiplies large matrices: a library if there is one; our own code, with instructions of 256 bits if V8
 * can make them, or of 128 in any case; or a library in any case.
 */
export const engineChoices = ["auto", "wasm", "wasm128", "blas"] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** The bits of instructions that the choice insists on. */
export const simdBitsOf = (engine: EngineChoice): SimdBits | undefined =>
  engine === "wasm128" ? 128 : undefined;

const LIBRARY_SETTING = "HOLDOUT_BLAS";

/** Names that the system's loader finds, and paths where package managers put them; best first. */
const wellKnown: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    ...["libopenblas.so.0", "libopenblas.so"],
    ...["libmkl_rt.so.2", "libmkl_rt.so"],
    ...["libblis.so.4", "libblis.so"],
  ],
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  win32: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll"],
};

/** What is asked for, and where; each field but the choice has a default. */
export interface LibrarySearch {
  readonly engine: EngineChoice;
  /** A path or a name; default: that in HOLDOUT_BLAS, if it is set and not empty. */
  readonly library?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly candidates?: readonly string[];
  readonly opener?: LibraryOpener;
}

/** What `createEngine` takes. */
export type FoundLibrary = MatrixLibrary | { readonly absent: string } | undefined;

/**
 * The library that the choice leads to, verified; for "auto" without any, why there is none.
 *
 * @throws UsageError if a library that is named does not work, or "blas" finds none
 */
export function findLibrary(search: LibrarySearch): FoundLibrary {
  const { engine, environment = process.env, opener = koffiOpener } = search;
  if (!engineChoices.includes(engine)) {
    throw new UsageError(unknownName("engine", engine, engineChoices).message);
  }
  if (engine === "wasm" || engine === "wasm128") {
    if (search.library === undefined) return undefined;
    throw new UsageError(
      `Engine: a library needs the engine "blas" or "auto"; got "${engine}" and "${search.library}".`,
    );
  }
  const setting = environment[LIBRARY_SETTING];
  const named = search.library ?? (setting === "" ? undefined : setting);
  if (named !== undefined) {
    const library = opener.open(named);
    verifyLibrary(library);
    return library;
  }
  return searchLibrary({ ...search, opener });
}

function searchLibrary({
  engine,
  candidates = wellKnown[process.platform] ?? [],
  opener,
}: LibrarySearch & { readonly opener: LibraryOpener }): FoundLibrary {
  const isAuto = engine === "auto";
  const problem = opener.findProblem();
  if (problem !== undefined) {
    if (isAuto) return { absent: "koffi not installed" };
    throw problem;
  }
  const wrong: string[] = [];
  for (const candidate of candidates) {
    const library = unlessRefused(() => opener.open(candidate));
    if (library === undefined) continue;
    if (unlessRefused(() => (verifyLibrary(library), true))) return library;
    wrong.push(`${library.name} multiplies wrongly`);
  }
  if (isAuto) return { absent: wrong.join(", ") || "none found" };
  throw new UsageError(
    `Engine: a BLAS must be found for the engine "blas"; got none of ${candidates.join(", ")}` +
      `${wrong.length === 0 ? "" : ` (${wrong.join(", ")})`}. ` +
      `Install OpenBLAS (Debian: libopenblas0, Homebrew: openblas), or name a library in ${LIBRARY_SETTING}.`,
  );
}

/** What the function gives, or undefined if it throws a UsageError. */
function unlessRefused<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
