/** @file All rewrites in order, until none of them finds anything more to do. */
import { InternalError } from "../../util/index.js";
import { printGraph } from "../print.js";
import type { Tensor } from "../tensor.js";
import { foldConstants } from "./foldConstants.js";
import { hoistBroadcasts } from "./hoistBroadcasts.js";
import { recoverMasks } from "./recoverMasks.js";
import { sameTensors } from "./rewrite.js";
import { shareSubexpressions } from "./shareSubexpressions.js";
import { simplify } from "./simplify.js";

const PASSES = [simplify, hoistBroadcasts, foldConstants, shareSubexpressions, recoverMasks];
/** Real programs settle after two or three rounds. */
const MAX_TURNS = 50 * PASSES.length;

/**
 * Equal tensors, in the same order, that take less work to compute. Nothing that the results do not
 * need survives; variables keep their identity. Exact: the judge sees the same bits (rewrite.ts).
 *
 * For programs that are already differentiated: stopGradient is removed, and `maximum` may get its
 * operands swapped, which matters to no value but would to a gradient at a tie.
 *
 * @throws InternalError if the passes do not come to rest
 */
export function optimize(roots: readonly Tensor[]): Tensor[] {
  let current = [...roots];
  // How many passes in a row found nothing to do.
  let idle = 0;
  for (let turn = 0; idle < PASSES.length; turn++) {
    if (turn === MAX_TURNS) {
      throw new InternalError("optimize: the passes must come to rest.", printGraph(current));
    }
    const next = PASSES[turn % PASSES.length](current);
    idle = sameTensors(next, current) ? idle + 1 : 0;
    current = next;
  }
  return current;
}
