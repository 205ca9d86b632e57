/** @file Prints the copy of a tensor into another shape, whose rows are padded differently. */
import { sizeOf, type Shape } from "../../graph/index.js";
import type { Buffer, CopyKernel } from "../kernel.js";
import { elementBytes, rowLength, rowStride } from "../layout.js";
import { FunctionBody, type Local } from "./assembler.js";
import type { Machine } from "./loop.js";

const VECTOR = 16;

export function printCopy(kernel: CopyKernel, name: string, { addressOf }: Machine): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32"]);
  const [begin, end] = body.parameters;
  const index = body.local("i32");
  const value = body.local("i32");
  const { source, targets } = kernel;
  const bytes = elementBytes(source.dtype);
  const offset = ({ shape, dtype }: Buffer): void => {
    emitOffset(body, { index, shape, bytes, dtype });
  };
  body.get(begin).get(end).op("i32.lt_u");
  body.when(() => {
    body.i32(0).set(index);
    if (targets.every((target) => isSameLayout(source, target))) {
      copyBlock(body, kernel, { index, addressOf });
      return;
    }
    body.loopWhile(() => {
      offset(source);
      body.memory(bytes === 1 ? "i32.load8_u" : "i32.load", addressOf(source)).set(value);
      for (const target of targets) {
        offset(target);
        body.get(value).memory(bytes === 1 ? "i32.store8" : "i32.store", addressOf(target));
      }
      body.get(index).i32(1).op("i32.add").tee(index).i32(sizeOf(source.shape)).op("i32.lt_u");
    });
  });
  return body;
}

/** Whether elements keep their places, as those of images do that become vectors. */
function isSameLayout(a: Buffer, b: Buffer): boolean {
  return a.shape.length >= 2 && b.shape.length >= 2 && a.shape[0] === b.shape[0];
}

/** Copies whole vectors, padding and all: blocks end in room for an incomplete one. */
function copyBlock(
  body: FunctionBody,
  { source, targets }: CopyKernel,
  { index, addressOf }: Pick<Machine, "addressOf"> & { index: Local },
): void {
  const { shape, dtype } = source;
  const bytes = shape[0] * rowStride(shape, dtype) * elementBytes(dtype);
  body.loopWhile(() => {
    for (const target of targets) {
      body.get(index).get(index).memory("v128.load", addressOf(source));
      body.memory("v128.store", addressOf(target));
    }
    body.get(index).i32(VECTOR).op("i32.add").tee(index).i32(bytes).op("i32.lt_u");
  });
}

/** Byte offset of the element at a row-major index: whole rows, then what is left of the last. */
function emitOffset(
  body: FunctionBody,
  at: { index: Local; shape: Shape; bytes: number; dtype: Buffer["dtype"] },
): void {
  body.get(at.index);
  if (at.shape.length >= 2) {
    const length = rowLength(at.shape);
    const padding = rowStride(at.shape, at.dtype) - length;
    body.get(at.index).i32(length).op("i32.div_u").i32(padding).op("i32.mul").op("i32.add");
  }
  body.i32(at.bytes).op("i32.mul");
}
