/** @file Engines that must agree in every bit of what random graphs leave behind. */
import { expect } from "vitest";
import type { Engine } from "../../src/runtime/index.js";
import { randomGraph, type RandomProgram } from "./randomGraph.js";

const RUNS = 3;

/** Outputs after each of some runs, then all variables, as bytes. */
export async function randomGraphBits(
  engine: Engine,
  { outputs, updates, values }: RandomProgram,
): Promise<Uint8Array[]> {
  for (const [variable, initial] of values) engine.write(variable, initial);
  const compiled = await engine.compile({ name: "random", outputs, updates });
  const seen = Array.from({ length: RUNS }, () => {
    compiled.run();
    return outputs.map(compiled.read);
  });
  const variables = [...values.keys()].map((variable) => engine.read(variable));
  return [...seen.flat(), ...variables].map(({ buffer }) => new Uint8Array(buffer));
}

/** Runs the random graphs of some successive seeds on both engines, which must leave the same bits. */
export async function expectSameBits(
  usual: Engine,
  other: Engine,
  { firstSeed, graphs }: { readonly firstSeed: number; readonly graphs: number },
): Promise<void> {
  for (let seed = firstSeed; seed < firstSeed + graphs; seed++) {
    const program = randomGraph(seed);
    const expected = await randomGraphBits(usual, program);
    expect(await randomGraphBits(other, program), program.description).toEqual(expected);
  }
}
