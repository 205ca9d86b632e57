/** @file Draws one image of a digit: which skeleton, where on the page, how bent, with which pen, how dirty. */
import type { RandomStream } from "../util/index.js";
import { renderInk, type Pen } from "./digitRender.js";
import { drawnPaths, type Path, type Point, type PointMap } from "./digitShape.js";
import { SKELETONS } from "./digitSkeletons.js";
import { elasticMap } from "./elastic.js";

/** Side of the square page in pixels. */
export const PAGE = 28;

type Range = readonly [low: number, high: number];

/** Between which bounds one image differs from the next. Lengths in pixels, if nothing else is said. */
const VARIATION = {
  height: [18.5, 20.5],
  /** Width by height, relative to the skeleton's. */
  aspect: [0.8, 1.1],
  /** Pixels to the right for each pixel up. */
  slant: [-0.1, 0.3],
  /** Tangent of half the angle of rotation: 0.1 is 11 degrees. */
  turn: [-0.1, 0.1],
  shift: [-0.6, 0.6],
  /** Reach of the elastic map: with care, and scrawled at the worst. */
  elastic: [1, 8],
  /** How far control points stray, as a share of the digit's height: with care, and at the worst. */
  jitter: [0.02, 0.1],
  /** Extent of a stray stroke along x and along y. */
  stray: [-8, 8],
  radius: [1, 1.8],
  taper: [-0.4, 0.4],
  softness: [1, 2.2],
  /** Grey of full ink, as a share of white. */
  ink: [0.75, 1],
  /** Largest change of a pixel by noise, as a share of white. */
  noise: [0, 0.1],
} as const satisfies Record<string, Range>;

const MOST_STRAYS = 3;
/** One image in so many is scrawled, a little or a lot; the others are written with care. */
const SCRAWLED = 10;
const ELASTIC_CELLS = 3;

const at = ([low, high]: Range, share: number): number => low + (high - low) * share;

/**
 * Draws an image of `digit`; all its variation comes from `random`.
 *
 * NOTE: only + - * / and square roots, which every engine rounds alike: the same stream gives the same
 * bytes everywhere. Sines, exponentials and normal variates would not.
 *
 * @returns bytes of shape [28, 28], white ink (255) on black paper.
 */
export function drawDigit(digit: number, random: RandomStream): Uint8Array {
  const within = (range: Range): number => at(range, random.uniform());
  const variants = SKELETONS[digit];
  const skeleton = variants[random.below(variants.length)];
  const place = placement(random);
  const scrawl = random.below(SCRAWLED) === 0 ? random.uniform() : 0;
  const reach = at(VARIATION.elastic, scrawl);
  const bend = elasticMap({ size: PAGE, cells: ELASTIC_CELLS, reach, random });
  const jitter = at(VARIATION.jitter, scrawl);
  const paths = drawnPaths(skeleton, { jitter, map: (point) => bend(place(point)), random });
  const pen: Pen = {
    radius: within(VARIATION.radius),
    taper: within(VARIATION.taper),
    softness: within(VARIATION.softness),
  };
  const ink = renderInk([...paths, ...strayStrokes(random)], { size: PAGE, pen });
  return toBytes(ink, { full: within(VARIATION.ink), noise: within(VARIATION.noise), random });
}

/** An affine map from a skeleton's coordinates to the page's. */
function placement(random: RandomStream): PointMap {
  const within = (range: Range): number => at(range, random.uniform());
  const height = within(VARIATION.height);
  const aspect = within(VARIATION.aspect);
  const slant = within(VARIATION.slant);
  const turn = within(VARIATION.turn);
  const middle: Point = [PAGE / 2 + within(VARIATION.shift), PAGE / 2 + within(VARIATION.shift)];
  const cosine = (1 - turn * turn) / (1 + turn * turn);
  const sine = (2 * turn) / (1 + turn * turn);
  return ([x, y]) => {
    const across = height * (aspect * x - slant * y);
    const down = height * y;
    return [middle[0] + cosine * across - sine * down, middle[1] + sine * across + cosine * down];
  };
}

/** Short straight strokes that belong to no digit, anywhere on the page. */
function strayStrokes(random: RandomStream): Path[] {
  return Array.from({ length: random.below(MOST_STRAYS + 1) }, () => {
    const from: Point = [PAGE * random.uniform(), PAGE * random.uniform()];
    const extent = (): number => at(VARIATION.stray, random.uniform());
    return [from, [from[0] + extent(), from[1] + extent()]];
  });
}

function toBytes(
  ink: Float64Array,
  { full, noise, random }: { full: number; noise: number; random: RandomStream },
): Uint8Array {
  const bytes = new Uint8Array(ink.length);
  let word = 0;
  for (let pixel = 0; pixel < ink.length; pixel++) {
    // One random word is enough for four pixels.
    word = pixel % 4 === 0 ? random.uint32() : word >>> 8;
    const grey = full * ink[pixel] + noise * ((word & 255) / 127.5 - 1);
    bytes[pixel] = Math.floor(255 * Math.min(Math.max(grey, 0), 1) + 0.5);
  }
  return bytes;
}
