/** @file The threaded engine against the contract; also with more threads than a small machine has cores. */
import { describe } from "vitest";
import type { Engine } from "../../src/runtime/index.js";
import { describeBackend } from "../contract/backend.js";
import { compiledEntry, threadedEngines } from "./threadedEngines.js";

const create = threadedEngines(compiledEntry());

/** Two engines by turns: starting threads for each of some thousand cases would take minutes. */
function byTurns(threads: number): () => Promise<Engine> {
  const engines: Promise<Engine>[] = [];
  let turn = 0;
  return () => {
    turn = 1 - turn;
    engines[turn] ??= create({ threads });
    return engines[turn];
  };
}

describe.each([2, 3])("wasm on %i threads", (threads) => {
  describeBackend(byTurns(threads));
});
