/**
 * @file Fetches the rows of a gather before they are used. A row at a random place is far from every
 * cache; read one after another, each would be waited for. A block of them is touched at once
 * instead, so that the waits overlap.
 */
import { expressionsOf, type LoadExpression, type LoopKernel } from "../kernel.js";
import { elementBytes } from "../layout.js";
import type { FunctionBody } from "./assembler.js";
import type { Nest } from "./nest.js";

const LINE = 64;
/** Rows that are touched at once; a power of two. With their lines, they stay in a first-level cache. */
const ROWS = 32;
/** Lines of a row that are touched: what follows them is fetched by the processor itself. */
const MOST_LINES = 4;

type Gather = LoadExpression & Required<Pick<LoadExpression, "gather">>;

const rowBytes = ({ buffer, strides }: LoadExpression, columns: number): number =>
  columns * strides[1] * elementBytes(buffer.dtype);

/** Short rows need no help: the processor itself looks further ahead than one of them. */
function longRows({ space, ...kernel }: LoopKernel): Gather[] {
  if (space.length !== 2) return [];
  return expressionsOf({ space, ...kernel }).filter(
    (one): one is Gather =>
      one.kind === "load" && one.gather !== undefined && rowBytes(one, space[1]) >= 2 * LINE,
  );
}

/** Emits, at the beginning of a row of the function's range, the touching of the next block of rows. */
export function touchGathered(nest: Nest, kernel: LoopKernel): void {
  const gathers = longRows(kernel);
  if (gathers.length === 0) return;
  const { body } = nest;
  const [begin, end] = body.parameters;
  const position = body.local("i32");
  const stop = body.local("i32");
  const row = body.local("i32");
  body
    .get(nest.counter(0))
    .get(begin)
    .op("i32.sub")
    .i32(ROWS - 1)
    .op("i32.and")
    .op("i32.eqz");
  body.when(() => {
    body.get(nest.counter(0)).tee(position).i32(ROWS).op("i32.add").tee(stop).get(end);
    body.get(stop).get(end).op("i32.lt_u").op("select").set(stop);
    body.loopWhile(() => {
      for (const one of gathers) {
        const { rows, stride } = one.gather;
        body.get(position).i32(2).op("i32.shl").memory("i32.load", nest.addressOf(rows));
        body
          .i32(stride * elementBytes(one.buffer.dtype))
          .op("i32.mul")
          .set(row);
        const length = rowBytes(one, kernel.space[1]);
        const lines = Math.min(MOST_LINES, Math.ceil(length / LINE));
        const touch = (offset: number): FunctionBody =>
          body
            .get(row)
            .memory("i32.load8_u", nest.addressOf(one.buffer) + offset)
            .op("drop");
        for (let line = 0; line < lines; line++) touch(line * LINE);
        // A row that begins within a line ends in one more.
        if (lines < MOST_LINES || length <= MOST_LINES * LINE) touch(length - 1);
      }
      body.get(position).i32(1).op("i32.add").tee(position).get(stop).op("i32.lt_u");
    });
  });
}
