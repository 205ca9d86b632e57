/**
 * @file V8's way to instructions of 256 bits: an experimental flag that makes its optimizing compiler
 * join pairs of vectors. The flag holds for the whole process, so it is on for single modules alone.
 */
import { bequeath, inherited, nodeModule, v8Version } from "./nodeModules.js";

/** Compiles a module at once, in whatever way. */
export type Compile = (code: Uint8Array<ArrayBuffer>) => WebAssembly.Module;

/** V8 writes a line to the terminal about a flag that it does not know: only these are asked. */
const VERSIONS = [13, 14];

interface Flag {
  readonly on: string;
  readonly off: string;
}
const JOIN: Flag = {
  on: "--experimental-wasm-revectorize",
  off: "--no-experimental-wasm-revectorize",
};
/** By the optimizing compiler, and before the flags are off again. */
const AT_ONCE: readonly Flag[] = [
  { on: "--no-liftoff", off: "--liftoff" },
  { on: "--no-wasm-lazy-compilation", off: "--wasm-lazy-compilation" },
];

const LOCK = "holdout: lock of V8's flags";
/** A thread that was ended while it held the lock never gives it back; no compilation takes so long. */
const PATIENCE_MS = 2000;

interface V8 {
  readonly setFlag: (text: string) => void;
  /** Differs whenever a flag does. */
  readonly state: () => number;
}

function openV8(): V8 | undefined {
  const { setFlagsFromString, cachedDataVersionTag } = nodeModule("node:v8") ?? {};
  if (setFlagsFromString === undefined || cachedDataVersionTag === undefined) return undefined;
  return { setFlag: setFlagsFromString, state: cachedDataVersionTag };
}

/** A compiler of 256-bit code; undefined where V8 has none. That it does what it should is another question. */
export function findWideCompiler(): Compile | undefined {
  const version = v8Version();
  const v8 = openV8();
  if (v8 === undefined || version === undefined || !VERSIONS.includes(version)) return undefined;
  const lock = processLock();
  const hasFlag = exclusively(lock, () => knows(v8, JOIN));
  if (!hasFlag) return undefined;
  return (code) =>
    exclusively(lock, () => withFlags(v8, [JOIN, ...AT_ONCE], () => new WebAssembly.Module(code)));
}

/** Whether the flag changes anything; it is left as it was. */
function knows(v8: V8, flag: Flag): boolean {
  const before = v8.state();
  v8.setFlag(flag.on);
  if (v8.state() !== before) {
    v8.setFlag(flag.off);
    return true;
  }
  v8.setFlag(flag.off);
  const wasOn = v8.state() !== before;
  if (wasOn) v8.setFlag(flag.on);
  return wasOn;
}

/** Runs the action with the flags on; those that were on already stay so. */
function withFlags<T>(v8: V8, flags: readonly Flag[], action: () => T): T {
  const changed = flags.filter(({ on }) => {
    const before = v8.state();
    v8.setFlag(on);
    return v8.state() !== before;
  });
  try {
    return action();
  } finally {
    for (const { off } of changed) v8.setFlag(off);
  }
}

/**
 * One word for the first thread that asks for it and all that it starts afterwards. Others could take the
 * flags from each other: their code would be slower, and right all the same.
 */
function processLock(): Int32Array {
  const known = inherited(LOCK);
  if (known instanceof Int32Array) return known;
  const lock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  bequeath(LOCK, lock);
  return lock;
}

/** Runs the action while no other thread runs one: else one would take the flags from another. */
function exclusively<T>(lock: Int32Array, action: () => T): T {
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) {
    if (Atomics.wait(lock, 0, 1, PATIENCE_MS) === "timed-out") break;
  }
  try {
    return action();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0, 1);
  }
}
