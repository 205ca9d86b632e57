/** @file The check of a compiler: all that it is to join pairs of vectors in must give the bits that V8's usual code gives. */
import { FORMS_BYTES, printForms } from "../codegen/index.js";
import { randomStream } from "../util/index.js";
import type { Compile } from "./wideCompiler.js";

/** Zeros, subnormal numbers, and numbers whose sums lose digits. */
const EXTREMES = [0, -0, 1e-40, -3e-39, 1e30, -1e30, 1, -1];
const EXTREME_SHARE = 0.1;

/** The name of the first function that comes out otherwise; undefined if all are right. */
export function findWrongForm(compile: Compile, relaxed: boolean): string | undefined {
  // Under names of their own: V8 gives the same code for the same bytes, however it is to be compiled.
  const usual = load((code) => new WebAssembly.Module(code), { prefix: "", relaxed });
  const other = load(compile, { prefix: "other ", relaxed });
  const wrong = usual.find(({ run }, i) => {
    const given = other[i].run();
    return run().some((word, at) => word !== given[at]);
  });
  return wrong?.name;
}

interface Loaded {
  readonly name: string;
  /** The whole memory after a run on the same numbers as ever. */
  readonly run: () => Int32Array;
}

function load(
  compile: Compile,
  { prefix, relaxed }: { prefix: string; relaxed: boolean },
): Loaded[] {
  const { forms, code } = printForms(prefix, { relaxed });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { exports } = new WebAssembly.Instance(compile(code), { env: { memory } });
  const numbers = drawNumbers();
  return forms.map(({ name, parameters }) => ({
    name,
    run: () => {
      new Float32Array(memory.buffer).set(numbers);
      (exports[prefix + name] as (...addresses: number[]) => void)(...parameters);
      return new Int32Array(memory.buffer.slice(0));
    },
  }));
}

/** The same ones each time, all over the memory, so that what is written elsewhere shows. */
function drawNumbers(): Float32Array {
  const stream = randomStream(0, "tiles");
  return Float32Array.from({ length: FORMS_BYTES / 4 }, () => {
    const isExtreme = stream.uniform() < EXTREME_SHARE;
    const position = stream.uniform();
    return isExtreme ? EXTREMES[Math.floor(position * EXTREMES.length)] : 2 * position - 1;
  });
}
