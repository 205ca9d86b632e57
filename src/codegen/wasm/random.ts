/** @file Threefry-2x32 on four lanes: the bits of graph/ops/randomBits, as vector code. */
import { RANDOM_GROUP } from "../../graph/index.js";
import {
  THREEFRY_ROTATIONS,
  THREEFRY_ROUNDS,
  threefrySchedule,
  type StreamKey,
} from "../../util/index.js";
import type { FunctionBody, Local } from "./assembler.js";

const PARTS = 4;

/** The four-lane words of one group of 16 elements. */
export interface RandomWords {
  readonly words: readonly [Local, Local];
}

/** Declares the locals for the words of one random expression. */
export function randomWords(body: FunctionBody): RandomWords {
  return { words: [body.local("v128"), body.local("v128")] };
}

/**
 * Emits the words of a group.
 *
 * @param at.group - i32 local: row * groups in a row + group in the row
 * @param at.counter - v128 local: the step, in all lanes
 */
export function emitRandomWords(
  body: FunctionBody,
  { words: [x0, x1] }: RandomWords,
  at: { key: StreamKey; group: Local; counter: Local },
): void {
  const schedule = threefrySchedule(at.key);
  body.get(at.group).i32(2).op("i32.shl").op("i32x4.splat").vectorI32([0, 1, 2, 3]).op("i32x4.add");
  body.splatI32(schedule[0]).op("i32x4.add").set(x0);
  body.get(at.counter).splatI32(schedule[1]).op("i32x4.add").set(x1);
  for (let round = 0; round < THREEFRY_ROUNDS; round++) {
    const rotation = THREEFRY_ROTATIONS[round % THREEFRY_ROTATIONS.length];
    body.get(x0).get(x1).op("i32x4.add").set(x0);
    body.get(x1).i32(rotation).op("i32x4.shl");
    body
      .get(x1)
      .i32(32 - rotation)
      .op("i32x4.shr_u")
      .op("v128.or")
      .get(x0)
      .op("v128.xor")
      .set(x1);
    if (round % 4 !== 3) continue;
    const injection = (round + 1) / 4;
    body
      .get(x0)
      .splatI32(schedule[injection % 3])
      .op("i32x4.add")
      .set(x0);
    body
      .get(x1)
      .splatI32((schedule[(injection + 1) % 3] + injection) | 0)
      .op("i32x4.add")
      .set(x1);
  }
}

/** Leaves the 16-bit numbers of the four columns that begin at `part * 4` of the group. */
export function emitRandomPart(body: FunctionBody, { words }: RandomWords, part: number): void {
  body.get(words[part >> 1]);
  if (part % 2 === 0) body.splatI32(0xffff).op("v128.and");
  else body.i32(16).op("i32x4.shr_u");
}

/** The number of vectors in a whole group. */
export const VECTORS_PER_GROUP = PARTS;
export const groupsIn = (columns: number): number => Math.ceil(columns / RANDOM_GROUP);
