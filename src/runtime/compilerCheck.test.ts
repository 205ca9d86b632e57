/** @file A compiler whose code computes any form of function otherwise is found out. */
import { describe, expect, it } from "vitest";
import { detectRelaxedSimd } from "./capabilities.js";
import { findWrongForm } from "./compilerCheck.js";
import type { Compile } from "./wideCompiler.js";

const compile: Compile = (code) => new WebAssembly.Module(code);

/** Codes of vector instructions in the WebAssembly specification, after the prefix 0xfd. */
const ADD = [0xe4, 0x01];
const SUBTRACT = [0xe5, 0x01];

/** Compiles other code: `which` of the places of an instruction have another one. */
function mistaken(
  [from, to]: readonly [number[], number[]],
  which: (places: number[]) => readonly number[],
): Compile {
  const wanted = [0xfd, ...from];
  return (code) => {
    const places = [...code.keys()].filter((i) => wanted.every((byte, k) => code[i + k] === byte));
    const changed = code.slice();
    for (const place of which(places)) changed.set([0xfd, ...to], place);
    return compile(changed);
  };
}

describe.each([false, ...(detectRelaxedSimd() ? [true] : [])])("relaxed SIMD: %s", (relaxed) => {
  it("finds nothing in V8's usual code", () => {
    expect(findWrongForm(compile, relaxed)).toBeUndefined();
  });

  it("finds a single wrong instruction, and names its function", () => {
    const last = mistaken([ADD, SUBTRACT], (places) => places.slice(-1));
    expect(findWrongForm(last, relaxed)).toBe("update, in place, after a product");
  });

  it.each([
    ["absolute", [0xe0, 0x01], [0xe1, 0x01]],
    ["divide", [0xe7, 0x01], [0xe6, 0x01]],
    ["equal", [0x41], [0x42]],
    ["equal, of whole numbers", [0x37], [0x38]],
    ["less", [0x43], [0x44]],
    ["less, of whole numbers", [0x39], [0x3b]],
    ["minimum", [0xe8, 0x01], [0xe9, 0x01]],
    ["negate", [0xe1, 0x01], [0xe0, 0x01]],
    ["sqrt", [0xe3, 0x01], [0xe0, 0x01]],
    ["subtract", SUBTRACT, ADD],
  ])("finds a compiler that does not know %s", (name, from, to) => {
    const everywhere = mistaken([from, to], (places) => places);
    expect(findWrongForm(everywhere, relaxed)).toBe(`${name}, after a product`);
  });
});

it("finds a wrong first tile", () => {
  const first = mistaken([ADD, SUBTRACT], (places) => places.slice(0, 1));
  expect(findWrongForm(first, false)).toBe("a tile of 1 by 4, plain");
});
