/** @file Public face of util. */
export { describeValue, InternalError, locate, UsageError, unknownName } from "./errors.js";
export { shortNumber } from "./numbers.js";
export {
  checkParameter,
  checkParameters,
  choice,
  describeRange,
  describeRefusal,
  integer,
  isOff,
  real,
  type ChoiceParameter,
  type IntegerParameter,
  type Parameter,
  type Parameters,
  type ParameterValues,
  type RealParameter,
} from "./parameters.js";
export {
  randomStream,
  streamKey,
  threefry2x32,
  THREEFRY_ROTATIONS,
  THREEFRY_ROUNDS,
  threefrySchedule,
  type RandomStream,
  type StreamKey,
} from "./random.js";
