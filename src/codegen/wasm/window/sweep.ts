/** @file Loops that move pointers along arrays of known shape. */
import type { FunctionBody, Local } from "../assembler.js";
import type { Segment } from "../product/plan.js";

/** A pointer, and the bytes by which it moves from one place to the next. */
export type Move = readonly [pointer: Local, bytes: number];

/** So many places, one at a time. */
export const each = (count: number): readonly Segment[] => [{ size: 1, count }];

function advance(body: FunctionBody, moves: readonly Move[], places: number): void {
  for (const [pointer, bytes] of moves) {
    if (bytes * places === 0) continue;
    body
      .get(pointer)
      .i32(bytes * places)
      .op("i32.add")
      .set(pointer);
  }
}

/** Runs `inner` at every segment of an axis; afterwards the pointers stand where they stood. */
export function sweep(
  body: FunctionBody,
  { segments, moves }: { segments: readonly Segment[]; moves: readonly Move[] },
  inner: (size: number) => void,
): void {
  for (const { size, count } of segments) {
    const iteration = (): void => {
      inner(size);
      advance(body, moves, size);
    };
    if (count === 1) iteration();
    else if (count > 1) {
      const left = body.local("i32");
      body.i32(count).set(left);
      body.loopWhile(() => {
        iteration();
        body.get(left).i32(1).op("i32.sub").tee(left);
      });
    }
  }
  advance(body, moves, -segments.reduce((sum, { size, count }) => sum + size * count, 0));
}

/** One loop of a walk through an array: so many steps of so many bytes. */
export interface Level {
  readonly count: number;
  readonly bytes: number;
}

/** The same walk in fewer loops: levels are innermost first, and one that goes on evenly is merged. */
export function mergeLevels(levels: readonly Level[]): Level[] {
  const merged: Level[] = [];
  for (const level of levels) {
    const last = merged.at(-1);
    if (last === undefined || last.count === 1) merged.splice(-1, 1, level);
    else if (level.count > 1) {
      if (level.bytes === last.count * last.bytes)
        merged.splice(-1, 1, { count: last.count * level.count, bytes: last.bytes });
      else merged.push(level);
    }
  }
  return merged;
}
