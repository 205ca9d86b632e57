/** @file Public face of codegen. */
export { buffersRead, buffersWritten, type Buffer, type Kernel } from "./kernel.js";
export { ALIGNMENT, byteSize, elementBytes, pack, rowStride, unpack } from "./layout.js";
export { lower, type LoweredProgram } from "./lower/index.js";
export { evaluate } from "./reference/evaluate.js";
export { encodeModule, FunctionBody } from "./wasm/assembler.js";
export { CONTROL, CONTROL_BYTES, FAILURES } from "./wasm/control.js";
export { PEAK_MEMORY, peakOperations, printPeak } from "./wasm/peak.js";
export {
  arrangeForThreads,
  counterSize,
  printModule,
  type PrintedModule,
  readAhead,
  scratchSize,
} from "./wasm/module.js";
export { KEY_BYTES, keyWords } from "./wasm/random.js";
export { readPanels } from "./wasm/product/panels.js";
export { MOST_TILE_ROWS, type TileSize } from "./wasm/product/plan.js";
export { FORMS_BYTES, printForms } from "./wasm/forms.js";
export { handOver } from "./wasm/product/library.js";
