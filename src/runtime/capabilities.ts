/** @file What this machine's WebAssembly can do. */
import { encodeModule, FunctionBody } from "../codegen/index.js";
import { UsageError } from "../util/index.js";
import { nodeModule } from "./nodeModules.js";

const MEMORY = { minimum: 1, maximum: 1, shared: false };

function accepts(build: (body: FunctionBody) => void): boolean {
  const body = new FunctionBody("probe", []);
  build(body);
  return WebAssembly.validate(encodeModule([body], MEMORY));
}

const acceptsSimd = (): boolean => accepts((body) => void body.splatI32(0).op("drop"));
const acceptsRelaxed = (): boolean =>
  accepts((body) => {
    body.splatI32(0).splatI32(0).splatI32(0).op("f32x4.relaxed_madd").op("drop");
  });

/** Whether threads can share a memory. Browsers allow it only to pages that are isolated from others. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === "function";
}

/**
 * Whether fused multiply-add may be used. Node 20 has it behind a flag that can be set while running;
 * Node 22 and today's browsers have it on.
 *
 * @throws UsageError where WebAssembly has no SIMD at all
 */
export function detectRelaxedSimd(): boolean {
  if (!acceptsSimd()) {
    throw new UsageError(
      "Engine: WebAssembly SIMD must be available; got none. Use a browser of 2021 or later, or Node 20.19.",
    );
  }
  if (acceptsRelaxed()) return true;
  nodeModule("node:v8")?.setFlagsFromString?.("--experimental-wasm-relaxed-simd");
  return acceptsRelaxed();
}
