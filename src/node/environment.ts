/** @file This machine and these versions, as a study's results record them. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, release, type } from "node:os";
import { createEngine, type SimdBits } from "../runtime/index.js";
import type { Environment } from "../study/index.js";
import type { FoundLibrary } from "./matrixLibraries.js";

/** Holdout's version, from its package. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * What is known before a study starts; the study adds its workers and its time.
 *
 * @param engine - what each trial's engine is made with
 */
export async function describeEnvironment(
  command: string,
  engine: { readonly library: FoundLibrary; readonly simdBits: SimdBits | undefined },
): Promise<Omit<Environment, "workers" | "seconds">> {
  const { description } = await createEngine(engine);
  return {
    holdout: packageVersion(),
    platform: `node ${process.version}`,
    operatingSystem: `${type()} ${release()} ${arch()}`,
    // Some virtual machines do not name their processor.
    processor: cpus()[0]?.model.trim() || "unknown",
    cores: availableParallelism(),
    engine: description,
    startedAt: new Date().toISOString(),
    command,
  };
}
