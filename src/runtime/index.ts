/** @file Public face of runtime. */
export type { Engine, MemoryUse, Program, ProgramDefinition, Values } from "./engine.js";
export { verifyLibrary, type MatrixLibrary, type Multiply } from "./matrixLibrary.js";
export { examineMachine, type SimdBits } from "./code.js";
export { preparePeak, type PeakMeter } from "./peak.js";
export type { Peak } from "./tileMeter.js";
export { createReferenceEngine } from "./referenceEngine.js";
export type { ThreadHost, ThreadPort, ThreadWorker } from "./threadHost.js";
export { serveThread } from "./threadLoop.js";
export { createEngine, type WasmEngineOptions } from "./wasmEngine.js";
