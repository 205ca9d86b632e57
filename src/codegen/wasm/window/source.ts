/** @file Images as window kernels read them: with their padding around them. */
import type { FunctionBody, Local } from "../assembler.js";
import { LANES } from "../../layout.js";
import { BYTES } from "../product/plan.js";
import type { WindowParts } from "./parts.js";
import { isPadded, type WindowPlan } from "./plan.js";
import { each, sweep } from "./sweep.js";

/** Writes the same 32 bits all over a part of scratch memory. */
export function fill(
  parts: WindowParts,
  part: keyof WindowPlan["offsets"],
  { elements, bits = 0 }: { elements: number; bits?: number },
): void {
  const { main } = parts;
  const to = parts.scratch(part);
  sweep(
    main,
    { segments: each(Math.ceil(elements / LANES)), moves: [[to, LANES * BYTES]] },
    () => void main.get(to).splatI32(bits).memory("v128.store", 0),
  );
}

/** Copies floats one by one where whole vectors would write too far. */
function copyFloats(
  body: FunctionBody,
  { from, to }: { from: Local; to: Local },
  count: number,
): void {
  const moves = (bytes: number) =>
    [
      [from, bytes],
      [to, bytes],
    ] as const;
  const vectors = Math.floor(count / LANES);
  sweep(
    body,
    { segments: each(vectors), moves: moves(LANES * BYTES) },
    () => void body.get(to).get(from).memory("v128.load", 0).memory("v128.store", 0),
  );
  for (let i = vectors * LANES; i < count; i++) {
    body
      .get(to)
      .get(from)
      .memory("i32.load", i * BYTES)
      .memory("i32.store", i * BYTES);
  }
}

/**
 * Makes ready to read images with their padding. Returns what emits the address of the image that
 * `from` points at: the image itself where there is no padding, else a copy in scratch memory.
 */
export function sourceImage(
  parts: WindowParts,
  { part, bits = 0 }: { part: "image" | "values"; bits?: number },
): (from: Local) => Local {
  const { main, kernel, plan } = parts;
  if (!isPadded(kernel)) return (from) => from;
  const [, height, width, channels] = plan.images;
  const [top, , left] = kernel.windows.padding;
  fill(parts, part, { elements: plan.padded[0] * plan.padded[1] * channels, bits });
  const copy = parts.scratch(part);
  const to = main.local("i32");
  const row = main.local("i32");
  return (from) => {
    main.get(from).set(row);
    parts.toScratch(to, part, (top * plan.padded[1] + left) * channels * BYTES);
    const moves = [
      [row, width * channels * BYTES],
      [to, plan.padded[1] * channels * BYTES],
    ] as const;
    sweep(main, { segments: each(height), moves }, () => {
      copyFloats(main, { from: row, to }, width * channels);
    });
    return copy;
  };
}
