/**
 * @file Threefry-2x32 on four lanes: the bits of graph/ops/randomBits, as vector code. The key is read from
 * memory, so that programs that differ in their seed alone are the same code.
 */
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

/** Bytes in memory of one key. */
export const KEY_BYTES = 32;

/** A key as code reads it from memory: the words that are added to the counter, and those after each four rounds. */
export function keyWords(key: StreamKey): Int32Array {
  const [k0, k1, k2] = threefrySchedule(key);
  return Int32Array.of(k0, k1, k1, k2 + 1, k2, k0 + 2, k0, k1 + 3);
}

/**
 * Emits the words of a group.
 *
 * @param at.key - address of the {@link keyWords}
 * @param at.group - i32 local: row * groups in a row + group in the row
 * @param at.counter - v128 local: the step, in all lanes
 */
export function emitRandomWords(
  body: FunctionBody,
  { words: [x0, x1] }: RandomWords,
  at: { key: number; group: Local; counter: Local },
): void {
  const addKey = (word: number): FunctionBody =>
    body
      .i32(0)
      .memory("v128.load32_splat", at.key + 4 * word)
      .op("i32x4.add");
  body.get(at.group).i32(2).op("i32.shl").op("i32x4.splat").vectorI32([0, 1, 2, 3]).op("i32x4.add");
  addKey(0).set(x0);
  body.get(at.counter);
  addKey(1).set(x1);
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
    body.get(x0);
    addKey(2 * injection).set(x0);
    body.get(x1);
    addKey(2 * injection + 1).set(x1);
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
