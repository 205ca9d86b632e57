/** @file Prints loops over the pieces of an axis: over a range of a kernel's units, or over all. */
import type { FunctionBody, Local } from "./assembler.js";
import type { Nest } from "./nest.js";
import type { Segment } from "./product/plan.js";

/** Loops over the tiles of an axis whose numbers lie in the function's range [begin, end). */
export function overUnits(
  nest: Nest,
  { axis, segments }: { axis: number; segments: readonly Segment[] },
  inner: (size: number) => void,
): void {
  const { body } = nest;
  const [begin, end] = body.parameters;
  const unit = body.local("i32");
  const last = body.local("i32");
  let firstUnit = 0;
  let position = 0;
  for (const { size, count } of segments) {
    const offset = position;
    const base = firstUnit;
    pick(body, { value: end, bound: base + count, when: "i32.lt_u" });
    body.i32(base).op("i32.sub").set(last);
    pick(body, { value: begin, bound: base, when: "i32.gt_u" });
    body.i32(base).op("i32.sub").set(unit);
    body.get(unit).get(last).op("i32.lt_s");
    body.when(() => {
      nest.start();
      nest.moveTo(axis, { position: unit, scale: size });
      nest.skip(axis, offset);
      body.loopWhile(() => {
        inner(size);
        nest.skip(axis, size);
        body.get(unit).i32(1).op("i32.add").tee(unit).get(last).op("i32.lt_s");
      });
    });
    firstUnit += count;
    position += count * size;
  }
}

/** Loops over all pieces of an axis; afterwards the nest stands where it stood. */
export function overSegments(
  nest: Nest,
  { axis, segments }: { axis: number; segments: readonly Segment[] },
  inner: (size: number) => void,
): void {
  let done = 0;
  for (const { size, count } of segments) {
    nest.loop(axis, { extent: count, step: size }, () => {
      inner(size);
    });
    nest.skip(axis, size * count);
    done += size * count;
  }
  nest.skip(axis, -done);
}

/** Leaves the value if it is below (or above) the bound, else the bound. */
function pick(
  body: FunctionBody,
  { value, bound, when }: { value: Local; bound: number; when: "i32.lt_u" | "i32.gt_u" },
): void {
  body.get(value).i32(bound).get(value).i32(bound).op(when).op("select");
}
