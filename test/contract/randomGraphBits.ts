/** @file What a random graph's run leaves behind, as bytes: for engines that must agree in every bit. */
import type { Engine } from "../../src/runtime/index.js";
import type { RandomProgram } from "./randomGraph.js";

/** The outputs and then all variables after one run. */
export async function randomGraphBits(
  engine: Engine,
  { outputs, updates, values }: RandomProgram,
): Promise<Uint8Array[]> {
  for (const [variable, initial] of values) engine.write(variable, initial);
  const program = await engine.compile({ name: "random", outputs, updates });
  program.run();
  const results = outputs.map(program.read);
  const variables = [...values.keys()].map((variable) => engine.read(variable));
  return [...results, ...variables].map(({ buffer }) => new Uint8Array(buffer));
}
