/** @file Opens a system's BLAS through koffi, and makes it multiply on the calling thread alone. */
import { createRequire } from "node:module";
import { release } from "node:os";
import { basename } from "node:path";
import type Koffi from "koffi";
import type { LibraryHandle } from "koffi";
import type { MatrixLibrary, Multiply } from "../runtime/index.js";
import { UsageError } from "../util/index.js";

/** CBLAS's numbers for row-major order, and for a matrix that is read as it is or transposed. */
const ROW_MAJOR = 101;
const [AS_IS, TRANSPOSED] = [111, 112];
const WANTED = "to be a BLAS with cblas_sgemm and 32-bit sizes";

type Native = (...parameters: readonly unknown[]) => unknown;

/** Finds a function of a library by its C declaration; undefined if the library has none of the name. */
type Find = (name: string, result: string, parameters?: string[]) => Native | undefined;

/** What is particular to one maker's library. */
interface Maker {
  /** A function that only this library has. */
  readonly sign: string;
  readonly describe: (find: Find) => string;
  /** Makes calls run on the thread that makes them, with the same result each time. */
  readonly settle: (find: Find) => void;
  /** Whether its sizes are 64-bit integers, which would be misread. */
  readonly hasLongSizes?: (find: Find) => boolean;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const openblasConfig = (find: Find): string => text(find("openblas_get_config", "str")?.());

/** MKL's constants: one thread, sizes of 32 bits, and the same code path whatever the alignment. */
const MKL = { sequential: 1, lp64: 0, reproducible: 2 } as const;

const makers: readonly Maker[] = [
  {
    sign: "openblas_get_config",
    describe: (find) => {
      const [version = "OpenBLAS"] = /OpenBLAS \S+/.exec(openblasConfig(find)) ?? [];
      return `${version} (${text(find("openblas_get_corename", "str")?.())})`;
    },
    settle: (find) => find("openblas_set_num_threads", "void", ["int"])?.(1),
    hasLongSizes: (find) => openblasConfig(find).includes("USE64BITINT"),
  },
  {
    sign: "MKL_Get_Version_String",
    describe: (find) => {
      const buffer = new Uint8Array(200);
      find("MKL_Get_Version_String", "void", ["void *", "int"])?.(buffer, buffer.length);
      return `MKL ${/Version (\S+)/.exec(new TextDecoder().decode(buffer))?.[1] ?? ""}`.trim();
    },
    settle: (find) => {
      find("MKL_Set_Interface_Layer", "int", ["int"])?.(MKL.lp64);
      find("MKL_Set_Threading_Layer", "int", ["int"])?.(MKL.sequential);
      find("MKL_CBWR_Set", "int", ["int"])?.(MKL.reproducible);
      find("MKL_Set_Num_Threads", "void", ["int"])?.(1);
    },
  },
  {
    sign: "bli_info_get_version_str",
    describe: (find) => {
      const kernel = find("bli_arch_string", "str", ["int"])?.(
        find("bli_arch_query_id", "int")?.(),
      );
      return `BLIS ${text(find("bli_info_get_version_str", "str")?.())} (${text(kernel)})`;
    },
    settle: (find) => find("bli_thread_set_num_threads", "void", ["int64_t"])?.(1),
    hasLongSizes: (find) => find("bli_info_get_blas_int_type_size", "int64_t")?.() === 64,
  },
  {
    sign: "BLASSetThreading",
    describe: () => `Accelerate of Darwin ${release()}`,
    settle: (find) => find("BLASSetThreading", "int", ["int"])?.(1),
  },
];

/** @throws UsageError where the package is not installed, as on a platform that it has no binary for */
function loadKoffi(): typeof Koffi {
  try {
    return createRequire(import.meta.url)("koffi") as typeof Koffi;
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new UsageError(
      `Engine: the package koffi must be installed to call a BLAS; got: ${reason}. ` +
        'Run "npm install koffi", or use the engine "wasm".',
    );
  }
}

function refuse(location: string, reason: string): never {
  throw new UsageError(
    `Engine: the library "${location}" needs ${WANTED}; got: ${reason}. ` +
      'Name another one, or use the engine "wasm".',
  );
}

function load(koffi: typeof Koffi, location: string): LibraryHandle {
  try {
    return koffi.load(location);
  } catch (error) {
    return refuse(location, (error as Error).message.replace(/\.$/, ""));
  }
}

/**
 * Opens a BLAS.
 *
 * @param location - a path, or a name that the system's loader finds
 * @throws UsageError if it cannot be opened, or is none that the engine can use
 */
export function openLibrary(location: string): MatrixLibrary {
  const koffi = loadKoffi();
  const handle = load(koffi, location);
  const find: Find = (name, result, parameters = []) => {
    try {
      return handle.func(name, result, parameters) as Native;
    } catch {
      return undefined;
    }
  };
  const maker = makers.find(({ sign }) => find(sign, "void") !== undefined);
  if (maker?.hasLongSizes?.(find) === true) refuse(location, "sizes of 64 bits");
  const product = find("cblas_sgemm", "void", [
    ...["int", "int", "int", "int", "int", "int"],
    ...["float", "void *", "int", "void *", "int", "float", "void *", "int"],
  ]);
  if (product === undefined) return refuse(location, "no cblas_sgemm");
  maker?.settle(find);
  return {
    name: maker?.describe(find) ?? basename(location),
    location,
    multiplyIn: (memory) => bind(memory, { product, addressOf: (bytes) => koffi.address(bytes) }),
  };
}

/** Opens libraries, and tells beforehand why it can open none. */
export interface LibraryOpener {
  readonly findProblem: () => UsageError | undefined;
  /** @throws UsageError */
  readonly open: (location: string) => MatrixLibrary;
}

export const koffiOpener: LibraryOpener = {
  findProblem: () => {
    try {
      loadKoffi();
      return undefined;
    } catch (error) {
      return error as UsageError;
    }
  },
  open: openLibrary,
};

/** The library's product over one memory, whose first byte lies elsewhere after it has grown. */
function bind(
  memory: { readonly buffer: ArrayBufferLike },
  { product, addressOf }: { product: Native; addressOf: (bytes: Uint8Array) => bigint },
): Multiply {
  let seen: ArrayBufferLike | undefined;
  let base = 0n;
  const at = (address: number): bigint => base + BigInt(address >>> 0);
  // Eleven numbers, since this is what a program calls, many times in each run.
  return (transposeA, transposeB, m, n, k, a, strideA, b, strideB, c, strideC) => {
    if (memory.buffer !== seen) {
      seen = memory.buffer;
      base = addressOf(new Uint8Array(seen, 0, 1));
    }
    const orderA = transposeA === 0 ? AS_IS : TRANSPOSED;
    const orderB = transposeB === 0 ? AS_IS : TRANSPOSED;
    // prettier-ignore
    product(ROW_MAJOR, orderA, orderB, m, n, k, 1, at(a), strideA, at(b), strideB, 0, at(c), strideC);
  };
}
