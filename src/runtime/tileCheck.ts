/** @file The check of a compiler: every form of register tile must give the bits that V8's usual code gives. */
import { printTileForms, TILE_FORMS } from "../codegen/index.js";
import { randomStream } from "../util/index.js";
import type { Compile } from "./wideCompiler.js";

type Tile = (a: number, b: number, result: number) => void;

/** Zeros, subnormal numbers, and numbers whose sums lose digits. */
const EXTREMES = [0, -0, 1e-40, -3e-39, 1e30, -1e30, 1, -1];
const EXTREME_SHARE = 0.1;

/** The name of the first tile that comes out otherwise; undefined if all are right. */
export function findWrongTile(compile: Compile, relaxed: boolean): string | undefined {
  // Under names of their own: V8 gives the same code for the same bytes, however it is to be compiled.
  const usual = load((code) => new WebAssembly.Module(code), { prefix: "", relaxed });
  const other = load(compile, { prefix: "other ", relaxed });
  return usual.names.find((name, i) => {
    const expected = usual.run(name);
    const given = other.run(other.names[i]);
    return expected.some((word, at) => word !== given[at]);
  });
}

function load(
  compile: Compile,
  { prefix, relaxed }: { prefix: string; relaxed: boolean },
): { names: readonly string[]; run: (name: string) => Int32Array } {
  const { names, code } = printTileForms(prefix, { relaxed });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { exports } = new WebAssembly.Instance(compile(code), { env: { memory } });
  const numbers = drawNumbers();
  return {
    names,
    run: (name) => {
      new Float32Array(memory.buffer).set(numbers);
      (exports[prefix + name] as Tile)(TILE_FORMS.a, TILE_FORMS.b, TILE_FORMS.result);
      return new Int32Array(memory.buffer.slice(0));
    },
  };
}

/** The same ones each time, all over the memory, so that what is written elsewhere shows. */
function drawNumbers(): Float32Array {
  const stream = randomStream(0, "tiles");
  return Float32Array.from({ length: TILE_FORMS.bytes / 4 }, () => {
    const isExtreme = stream.uniform() < EXTREME_SHARE;
    const position = stream.uniform();
    return isExtreme ? EXTREMES[Math.floor(position * EXTREMES.length)] : 2 * position - 1;
  });
}
