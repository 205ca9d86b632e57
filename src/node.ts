/** @file Holdout's public face in Node: everything of index.ts, and what needs files, threads and a cache. */
export * from "./index.js";
export {
  compare,
  createThreadedEngine,
  csvLogFile,
  datasets,
  nodeDataAccess,
  nodeThreads,
  readCheckpoint,
  readWeights,
  threadWorkers,
  writeCheckpoint,
  writeWeights,
  type CompareHooks,
  type CompareOptions,
  type LoadHooks,
  type TrainAndTest,
} from "./node/index.js";
