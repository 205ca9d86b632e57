/** @file Statistics that layers keep of batches, computed anew for the present weights. */
import { ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import type { Engine, Program } from "../../runtime/index.js";
import { countRows, type SupervisedRows } from "../data.js";
import { readRows, type Network } from "../network.js";
import { chooseRows, type TrainingState } from "../trainingState.js";

/** Makes one pass over the training rows. */
export type StatisticsRefresh = () => void;

interface RefreshOptions {
  readonly state: TrainingState;
  readonly rows: SupervisedRows;
  readonly batchSize: number;
  readonly seed: number;
}

/**
 * Prepares the pass: each statistic becomes the mean of those of all batches, which count alike, as with
 * PyTorch's `update_bn`. The batches are those of the epoch before, in training mode and with noise.
 */
export async function createRefresh(
  engine: Engine,
  network: Pick<Network, "apply" | "inputShape">,
  { state, rows, batchSize, seed }: RefreshOptions,
): Promise<StatisticsRefresh> {
  const batches = variable({ name: "refresh/batches", shape: [], dtype: "int32" });
  const compile = (batch: number): Promise<Program> | undefined => {
    const features = ops.gatherRows(state.features, chooseRows(state, batch));
    const x = readRows(network, features, rows.scale);
    const { statistics } = network.apply(x, { noise: { seed, step: batches }, training: true });
    if (statistics.size === 0) return undefined;
    const share = ops.divide(1, ops.add(ops.cast(batches, "float32"), 1));
    const means = [...statistics].map(([mean, ofBatch]): [Variable, Tensor] => [
      mean,
      // The first takes the place of what was there, finite or not.
      ops.select(
        ops.equal(batches, 0),
        ofBatch,
        ops.add(mean, ops.multiply(ops.subtract(ofBatch, mean), share)),
      ),
    ]);
    return engine.compile({
      name: `refresh ${batch}`,
      updates: new Map([
        [batches, ops.add(batches, 1)],
        [state.cursor, ops.add(state.cursor, batch)],
        ...means,
      ]),
    });
  };
  const full = await compile(batchSize);
  if (!full) return () => undefined;
  const total = countRows(rows);
  const rest = total % batchSize;
  const last = rest === 0 ? full : ((await compile(rest)) ?? full);
  return () => {
    engine.write(batches, [0]);
    engine.write(state.cursor, [0]);
    for (let done = batchSize; done <= total; done += batchSize) full.run();
    if (rest !== 0) last.run();
  };
}
