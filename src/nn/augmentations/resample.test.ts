/** @file Shift, rotate, zoom and flip: their contracts, and pixels where whole steps say where they go. */
import { describe, expect, it } from "vitest";
import { describeAugmentation, someImages } from "../../../test/contract/describeAugmentation.js";
import { engines } from "../../../test/contract/engines.js";
import { variable } from "../../graph/index.js";
import { flip } from "./flip.js";
import { resample, type AffineMap, type Sampling } from "./resample.js";
import { rotate } from "./rotate.js";
import { shift } from "./shift.js";
import { zoom } from "./zoom.js";

describeAugmentation("shift", {
  make: shift,
  examples: [
    shift(),
    shift({ height: 0.5, fill: "reflect" }),
    shift({ width: 0.3, fill: "nearest" }),
  ],
  off: shift({ height: 0, width: 0 }),
  sentences: [
    [{ height: 2 }, "Shift: height must be a number in [0, 1]; got 2."],
    [{ fill: "wrap" }, 'Shift: Unknown fill "wrap"'],
  ],
});
describeAugmentation("rotate", {
  make: rotate,
  examples: [rotate(), rotate({ degrees: 180, interpolation: "nearest", fill: "reflect" })],
  off: rotate({ degrees: 0 }),
  sentences: [[{ degrees: 181 }, "Rotate: degrees must be a number in [0, 180]; got 181."]],
});
describeAugmentation("zoom", {
  make: zoom,
  examples: [zoom({ range: 0.4 }), zoom({ range: 0.5, value: 1 })],
  off: zoom({ range: 0 }),
  sentences: [[{ range: 1 }, "Zoom: range must be a number in [0, 1); got 1."]],
});
describeAugmentation("flip", {
  make: flip,
  examples: [flip(), flip({ vertical: true })],
  off: flip({ rate: 0 }),
  sentences: [
    [
      { horizontal: false },
      "Flip: horizontal or vertical must be true; got false for both. Use rate 0 to switch it off.",
    ],
  ],
});

const CONSTANT: Sampling = { fill: "constant", value: 9, interpolation: "bilinear" };

describe.each(engines)("an image seen through a map, on $name", ({ create }) => {
  /** One image of [3, 4]. */
  const image = someImages(1, [3, 4]);
  const pixels = async (map: AffineMap, sampling: Sampling): Promise<number[]> => {
    const x = variable({ name: "x", shape: [1, 3, 4] });
    const columns = map.map((_, i) => variable({ name: `column ${i}`, shape: [1] }));
    const seen = resample(x, columns, sampling);
    const engine = await create();
    const program = await engine.compile({ name: "see", outputs: [seen] });
    engine.write(x, image);
    columns.forEach((column, i) => engine.write(column, [map[i]]));
    program.run();
    return [...program.read(seen)];
  };
  const at = (i: number, j: number): number => image[i * 4 + j];
  const expected = (of: (i: number, j: number) => number): number[] =>
    Array.from({ length: 12 }, (_, p) => of(Math.floor(p / 4), p % 4));

  it("is itself through the identity", async () => {
    expect(await pixels([1, 0, 0, 1, 0, 0], CONSTANT)).toEqual([...image]);
  });

  it("moves by whole pixels, and shows the fill outside", async () => {
    const moved: AffineMap = [1, 0, 0, 1, 1, -2];
    const isIn = (i: number, j: number): boolean => i < 3 && j >= 0;
    expect(await pixels(moved, CONSTANT)).toEqual(
      expected((i, j) => (isIn(i + 1, j - 2) ? at(i + 1, j - 2) : 9)),
    );
    expect(await pixels(moved, { ...CONSTANT, fill: "nearest" })).toEqual(
      expected((i, j) => at(Math.min(2, i + 1), Math.max(0, j - 2))),
    );
    // -1 is the mirror image of 0, -2 of 1; 3 that of 2.
    expect(await pixels(moved, { ...CONSTANT, fill: "reflect" })).toEqual(
      expected((i, j) => at(Math.min(2, i + 1), j < 2 ? 1 - j : j - 2)),
    );
  });

  it("is mirrored through minus one, and turned upside down through both", async () => {
    const nearest: Sampling = { ...CONSTANT, interpolation: "nearest" };
    expect(await pixels([1, 0, 0, -1, 0, 0], nearest)).toEqual(expected((i, j) => at(i, 3 - j)));
    expect(await pixels([-1, 0, 0, -1, 0, 0], nearest)).toEqual(
      expected((i, j) => at(2 - i, 3 - j)),
    );
  });

  it("is the mean of two neighbours half a pixel away", async () => {
    const seen = await pixels([1, 0, 0, 1, 0, 0.5], { ...CONSTANT, fill: "nearest" });
    const wanted = expected((i, j) => (at(i, j) + at(i, Math.min(3, j + 1))) / 2);
    seen.forEach((value, p) => expect(value).toBeCloseTo(wanted[p], 6));
  });
});
