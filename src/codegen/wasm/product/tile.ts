/** @file The innermost loop of a product: one register tile of the result over the whole inner axis. */
import { FunctionBody, type Local } from "../assembler.js";
import { multiplyAdd, type Target } from "../math.js";
import { LANES } from "../../layout.js";
import { BYTES } from "./plan.js";

export interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly inner: number;
  /** Bytes from row to row, and from step to step of the inner axis, of the left operand. */
  readonly a: { readonly row: number; readonly step: number };
  /** Bytes from step to step of the right operand, whose columns are contiguous. */
  readonly b: { readonly step: number };
  readonly resultRow: number;
  /** Runs of the inner axis, if there are several: loops around it, innermost first. */
  readonly turns?: readonly Turn[];
  /** Adds to what the result holds. */
  readonly accumulate?: boolean;
}

/** So many accumulators leave registers enough for all loads of an iteration. */
const UNGUARDED = 8;

/** Repeats what is inside; after each time, the left operand moves on by `skip` bytes. */
export interface Turn {
  readonly count: number;
  readonly skip: number;
}

/**
 * A function of (address in a, address in b, address of the result). It is one plain loop in a function
 * of its own: V8 then neither unrolls it nor spills the accumulators, which are stored in order.
 *
 * NOTE: the loop of a large tile stands in a condition, so that two ways lead to the stores. Else V8
 * (seen in 11.3, Node 20) puts all loads of an iteration before its first multiplication, because the
 * stores after the loop use the products and come after the loads: with 6 rows it then runs out of
 * registers, and takes more than twice as long.
 */
export function printTile(name: string, tile: Tile, target: Target): FunctionBody {
  const body = new FunctionBody(name, ["i32", "i32", "i32"]);
  const [a, b, result] = body.parameters;
  const { rows, vectors } = tile;
  const accumulators = Array.from({ length: rows * vectors }, () => body.local("v128"));
  const columns = Array.from({ length: vectors }, () => body.local("v128"));
  const element = body.local("v128");
  const end = body.local("i32");
  const step = (): void => {
    columns.forEach((column, v) =>
      body
        .get(b)
        .memory("v128.load", v * LANES * BYTES)
        .set(column),
    );
    for (let i = 0; i < rows; i++) {
      body
        .get(a)
        .memory("v128.load32_splat", i * tile.a.row)
        .set(element);
      columns.forEach((column, v) => {
        const accumulator = accumulators[i * vectors + v];
        body.get(element).get(column).get(accumulator);
        multiplyAdd(body, target);
        body.set(accumulator);
      });
    }
    body.get(a).i32(tile.a.step).op("i32.add").set(a);
    body.get(b).i32(tile.b.step).op("i32.add").tee(b).get(end).op("i32.ne");
  };
  const run = (): void => {
    body
      .get(b)
      .i32(tile.inner * tile.b.step)
      .op("i32.add")
      .set(end);
    if (accumulators.length <= UNGUARDED) {
      body.loopWhile(step);
      return;
    }
    // Always so: see above what it is for.
    body.get(b).get(end).op("i32.ne");
    body.when(() => void body.loopWhile(step));
  };
  const turns = tile.turns ?? [];
  const nested = turns.reduce(
    (inside, turn) => () => {
      emitTurn(body, { a, turn }, inside);
    },
    run,
  );
  nested();
  const offsets = accumulators.map(
    (_, index) => Math.floor(index / vectors) * tile.resultRow + (index % vectors) * LANES * BYTES,
  );
  if (tile.accumulate === true) {
    accumulators.forEach((accumulator, index) => {
      body.get(result).memory("v128.load", offsets[index]).get(accumulator);
      body.op("f32x4.add").set(accumulator);
    });
  }
  accumulators.forEach((accumulator, index) => {
    body.get(result).get(accumulator).memory("v128.store", offsets[index]);
  });
  return body;
}

function emitTurn(
  body: FunctionBody,
  { a, turn }: { a: Local; turn: Turn },
  inside: () => void,
): void {
  const left = body.local("i32");
  body.i32(turn.count).set(left);
  body.loopWhile(() => {
    inside();
    body.get(a).i32(turn.skip).op("i32.add").set(a);
    body.get(left).i32(1).op("i32.sub").tee(left);
  });
}
