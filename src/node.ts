/** @file Holdout's public face in Node: everything of index.ts, and what needs files, threads and a cache. */
export * from "./index.js";
export {
  compare,
  createNodeEngine,
  createThreadedEngine,
  csvLogFile,
  datasets,
  nodeDataAccess,
  nodeThreads,
  readCheckpoint,
  readKeras,
  readRecipe,
  readWeights,
  threadWorkers,
  writeCheckpoint,
  writeWeights,
  type CompareHooks,
  type CompareOptions,
  type EngineChoice,
  type LoadHooks,
  type NodeEngineOptions,
  type TrainAndTest,
} from "./node/index.js";
