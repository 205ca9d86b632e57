/** @file Public face of data. */
export type {
  Bytes,
  DataAccess,
  DataCache,
  DataFolder,
  DownloadEvent,
  NamedFile,
} from "./access.js";
export {
  dataset,
  datasetFields,
  type Dataset,
  type LabelledDataset,
  type TargetDataset,
} from "./dataset.js";
export type { DatasetFields, LabelledFields, TargetFields } from "./fields.js";
export { digits, type DigitsOptions } from "./digits.js";
export { mnist } from "./mnist.js";
export { hashDataset, sha256 } from "./sha256.js";
export { preprocess, preprocessingParameter, type PreprocessingName } from "./preprocess.js";
export {
  loadSource,
  sources,
  type Source,
  type SourceDefinition,
  type SourceRequest,
} from "./sources.js";
export { kFold, splitParameters, splitRows, type SplitOptions, type SplitRows } from "./split.js";
export { fitStandardizer, type Standardizer } from "./standardize.js";
