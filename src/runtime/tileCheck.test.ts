/** @file A compiler whose code computes any form of tile otherwise is found out. */
import { describe, expect, it } from "vitest";
import { detectRelaxedSimd } from "./capabilities.js";
import { findWrongTile } from "./tileCheck.js";
import type { Compile } from "./wideCompiler.js";

const compile: Compile = (code) => new WebAssembly.Module(code);

/** Opcodes of the WebAssembly specification: f32x4.add, which ends every sum that is added, becomes f32x4.sub. */
const ADD = [0xfd, 0xe4, 0x01];
const SUBTRACT = [0xfd, 0xe5, 0x01];

/** Compiles other code: with one addition, counted from the end, turned into a subtraction. */
function mistaken(fromEnd: number): Compile {
  return (code) => {
    const places = [...code.keys()].filter((i) => ADD.every((byte, k) => code[i + k] === byte));
    const changed = code.slice();
    changed.set(SUBTRACT, places.at(-fromEnd));
    return compile(changed);
  };
}

describe.each([false, ...(detectRelaxedSimd() ? [true] : [])])("relaxed SIMD: %s", (relaxed) => {
  it("finds nothing in V8's usual code", () => {
    expect(findWrongTile(compile, relaxed)).toBeUndefined();
  });

  it("finds a single wrong instruction, and names its tile", () => {
    expect(findWrongTile(mistaken(1), relaxed)).toBe("4 by 16, turning twice, adding");
  });
});

it("finds a wrong first tile", () => {
  const everywhere = mistaken(0);
  expect(findWrongTile(everywhere, false)).toBe("1 by 4, plain");
});
