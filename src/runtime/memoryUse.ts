/** @file Adds up what an engine holds, by purpose. */
import type { Tensor, Variable, VariablePurpose } from "../graph/index.js";
import type { MemoryUse } from "./engine.js";

export type MemoryKind = Exclude<keyof MemoryUse, "total">;

export function purposeOf(variable: Tensor): VariablePurpose {
  return (variable as Variable).attributes.purpose ?? "other";
}

/** @param claims - what is held: its kind and its bytes */
export function totalUse(claims: Iterable<readonly [MemoryKind, number]>): MemoryUse {
  const use = { weights: 0, optimizer: 0, data: 0, other: 0, outputs: 0, temporaries: 0, total: 0 };
  for (const [kind, bytes] of claims) {
    use[kind] += bytes;
    use.total += bytes;
  }
  return use;
}
