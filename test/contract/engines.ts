/** @file The engines that every program must run on alike. */
import { createEngine, createReferenceEngine, type Engine } from "../../src/runtime/index.js";
import { FLOAT32, type Tolerance } from "./numbers.js";
import { plainLibrary } from "./plainLibrary.js";

/** All products by a library, here a plain one; test/blas has the system's. */
const library = plainLibrary();

export interface TestedEngine {
  readonly name: string;
  readonly create: () => Promise<Engine>;
  readonly computesIn: "float64" | "float32";
  /** Against golden vectors. Variables are read as float32, whatever the engine computes in. */
  readonly tolerance: Tolerance;
}

export const engines: readonly TestedEngine[] = [
  {
    name: "reference",
    computesIn: "float64",
    create: () => Promise.resolve(createReferenceEngine()),
    tolerance: FLOAT32,
  },
  {
    name: "blas",
    computesIn: "float32",
    create: () => createEngine({ library, minimumProduct: -Infinity }),
    tolerance: FLOAT32,
  },
  { name: "wasm", computesIn: "float32", create: createEngine, tolerance: FLOAT32 },
];
