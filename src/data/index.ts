/** @file Public face of data. */
export type {
  Bytes,
  DataAccess,
  DataCache,
  DataFolder,
  DownloadEvent,
  NamedFile,
} from "./access.js";
export { batchBounds, epochOrder, type Batch } from "./batches.js";
export { dataset, datasetFields, type Dataset, type DatasetFields } from "./dataset.js";
export { digits, DIGITS_PARAMETERS, type DigitsOptions } from "./digits.js";
export { gunzip, idxDataset } from "./idx.js";
export {
  loadIdxCollection,
  type IdxCollection,
  type IdxFileName,
  type IdxParts,
} from "./idxCollection.js";
export { mnist } from "./mnist.js";
export { hashDataset, sha256 } from "./sha256.js";
export { sharedBytes, sharedFloats, sharedIntegers } from "./sharedArrays.js";
export { loadSource, SOURCE_NAMES, type Source, type SourceRequest } from "./sources.js";
export { kFold, splitRows, type SplitOptions, type SplitRows } from "./split.js";
