/** @file Public face of node: Holdout's adapters to Node's files, threads and network. */
export { checkWritable, writeAtomically } from "./atomicWrite.js";
export {
  csvLogFile,
  readCheckpoint,
  readWeights,
  writeCheckpoint,
  writeWeights,
} from "./trainingFiles.js";
export { compare, compareDefaults, type CompareHooks, type CompareOptions } from "./compare.js";
export { nodeDataAccess } from "./dataAccess.js";
export { datasets, type LoadHooks, type TrainAndTest } from "./datasets.js";
export { readKeras } from "./kerasFile.js";
export { packageVersion } from "./environment.js";
export { readRecipe } from "./recipeFile.js";
export { createNodeEngine, createThreadedEngine, type NodeEngineOptions } from "./engines.js";
export type { EngineChoice } from "./matrixLibraries.js";
export { sqliteStore } from "./sqliteStore.js";
export { readStore } from "./storeReader.js";
export { nodeThreads } from "./threads.js";
export { threadWorkers } from "./workers.js";
