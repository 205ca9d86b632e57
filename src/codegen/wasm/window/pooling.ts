/** @file Pooling and its gradients: the channels of a pixel lie in the lanes. */
import type { Local } from "../assembler.js";
import { LANES } from "../../layout.js";
import { BYTES } from "../product/plan.js";
import type { WindowParts } from "./parts.js";
import { pixelLanes } from "./plan.js";
import { fill, sourceImage } from "./source.js";
import { each, sweep, type Move } from "./sweep.js";

const LOWEST = new Int32Array(Float32Array.of(-Infinity).buffer)[0];
const VECTOR = LANES * BYTES;

/** Visits the elements of a window: `emit` gets the bytes from where the pointers stand. */
function overWindow(
  parts: WindowParts,
  pointers: readonly (readonly [pointer: Local, lanes: number])[],
  emit: (offsets: readonly number[]) => void,
): void {
  const { kernel, plan, main } = parts;
  const { size, dilation } = kernel.windows;
  const moves = pointers.map(([pointer, lanes]): Move => [
    pointer,
    dilation[0] * plan.padded[1] * lanes * BYTES,
  ]);
  sweep(main, { segments: each(size[0]), moves }, () => {
    for (let column = 0; column < size[1]; column++) {
      emit(pointers.map(([, lanes]) => column * dilation[1] * lanes * BYTES));
    }
  });
}

/** Leaves in a local the sum, or the largest element, of the window at a pointer. */
function emitWhole(parts: WindowParts, at: Local, combine: "sum" | "max"): Local {
  const { main, plan } = parts;
  const whole = main.local("v128");
  main.splatI32(combine === "sum" ? 0 : LOWEST).set(whole);
  overWindow(parts, [[at, plan.images[3]]], ([offset]) => {
    main.get(whole).get(at).memory("v128.load", offset);
    main.op(combine === "sum" ? "f32x4.add" : "f32x4.max").set(whole);
  });
  return whole;
}

/** Visits the window again, with a mask of the lanes whose first largest element this is. */
function overChoice(
  parts: WindowParts,
  { scores, other, lanes }: { scores: Local; other: Local; lanes: number },
  emit: (mask: Local, offset: number) => void,
): void {
  const { main, plan } = parts;
  const largest = emitWhole(parts, scores, "max");
  const score = main.local("v128");
  const open = main.local("v128");
  const mask = main.local("v128");
  main.splatI32(-1).set(open);
  const pointers = [
    [scores, plan.images[3]],
    [other, lanes],
  ] as const;
  overWindow(parts, pointers, ([from, to]) => {
    main.get(scores).memory("v128.load", from).tee(score).get(largest).op("f32x4.eq");
    // Where the largest is NaN, so is the element chosen.
    main.get(score).get(score).op("f32x4.eq").op("v128.not").op("v128.or");
    main.get(open).op("v128.and").tee(mask);
    main.get(open).op("v128.xor").set(open);
    emit(mask, to);
  });
}

/** sumPool, and maxPool: the whole window is combined as the epilogue asks for it. */
export function printPool(parts: WindowParts): void {
  const { kernel, main, nest, plan } = parts;
  const [scores, values = scores] = kernel.inputs;
  const { strides } = kernel.windows;
  const [, , , channels] = plan.images;
  const maximum = kernel.name === "maxPool";
  const choosing = values !== scores;
  const source = sourceImage(parts, { part: "image", bits: maximum ? LOWEST : 0 });
  const valueSource = choosing ? sourceImage(parts, { part: "values" }) : source;
  const from = main.local("i32");
  const image = main.local("i32");
  const valueImage = main.local("i32");
  const access = {
    buffer: scores,
    strides: [0, strides[0] * plan.padded[1] * channels, strides[1] * channels, 1],
  };
  const enter = (): void => {
    parts.toRow(from, scores);
    main.get(source(from)).set(image);
    if (!choosing) return;
    parts.toRow(from, values);
    main.get(valueSource(from)).set(valueImage);
  };
  const emit = (vector: number): void => {
    const at = (base: Local): Local => {
      const local = main.local("i32");
      main.get(nest.pointer(access)).get(base).op("i32.add");
      main
        .i32(vector * VECTOR)
        .op("i32.add")
        .set(local);
      return local;
    };
    if (choosing) emitChosen(parts, at(image), at(valueImage));
    else main.get(emitWhole(parts, at(image), maximum ? "max" : "sum"));
  };
  parts.overImages(enter, { access, emit });
}

/** Leaves the values at the largest scores on the stack. */
function emitChosen(parts: WindowParts, scores: Local, values: Local): void {
  const { main, plan } = parts;
  const chosen = main.local("v128");
  main.splatI32(0).set(chosen);
  overChoice(parts, { scores, other: values, lanes: plan.images[3] }, (mask, offset) => {
    main.get(values).memory("v128.load", offset).get(chosen).get(mask);
    main.op("v128.bitselect").set(chosen);
  });
  main.get(chosen);
}

/** Adds each window's gradient to its elements, or to the one that was chosen. */
export function printPoolGradient(parts: WindowParts): void {
  const { kernel, main, plan } = parts;
  const maximum = kernel.name === "maxPoolGradient";
  const upstream = kernel.inputs[maximum ? 1 : 0];
  const { padding } = kernel.windows;
  const lanes = pixelLanes(plan.images[3]);
  const source = maximum ? sourceImage(parts, { part: "image", bits: LOWEST }) : undefined;
  const from = main.local("i32");
  const gradient = main.local("i32");
  const scores = main.local("i32");
  const result = parts.scratch("result");
  const image = (): void => {
    const elements = plan.padded[0] * plan.padded[1] * lanes;
    fill(parts, "result", { elements });
    if (source !== undefined) {
      parts.toRow(from, kernel.inputs[0]);
      main.get(source(from)).set(scores);
    }
    parts.toRow(gradient, upstream);
    overPixels(parts, { gradient, scores, result });
  };
  const strides = [0, plan.padded[1] * lanes, lanes, 1];
  const offset = (padding[0] * plan.padded[1] + padding[2]) * lanes;
  parts.overImages(image, parts.fromResult(strides, offset));
}

function overPixels(
  parts: WindowParts,
  { gradient, scores, result }: { gradient: Local; scores: Local; result: Local },
): void {
  const { kernel, main, plan } = parts;
  const [, , , channels] = plan.images;
  const lanes = pixelLanes(channels);
  const { strides } = kernel.windows;
  const [down, across] = plan.windows;
  const value = main.local("v128");
  const moves = (stride: number, pixels: number): Move[] => [
    [gradient, pixels * channels * BYTES],
    [scores, stride * channels * BYTES],
    [result, stride * lanes * BYTES],
  ];
  const vectorMoves: Move[] = [gradient, scores, result].map((pointer) => [pointer, VECTOR]);
  const add = (offset: number, emitAmount: () => void): void => {
    main.get(result).get(result).memory("v128.load", offset);
    emitAmount();
    main.op("f32x4.add").memory("v128.store", offset);
  };
  const vector = (): void => {
    main.get(gradient).memory("v128.load", 0).set(value);
    if (kernel.name === "maxPoolGradient") {
      overChoice(parts, { scores, other: result, lanes }, (mask, offset) => {
        add(offset, () => main.get(value).get(mask).op("v128.and"));
      });
    } else {
      overWindow(parts, [[result, lanes]], ([offset]) => {
        add(offset, () => main.get(value));
      });
    }
  };
  const downMoves = moves(strides[0] * plan.padded[1], across);
  sweep(main, { segments: each(down), moves: downMoves }, () => {
    sweep(main, { segments: each(across), moves: moves(strides[1], 1) }, () => {
      sweep(main, { segments: each(lanes / LANES), moves: vectorMoves }, vector);
    });
  });
}
