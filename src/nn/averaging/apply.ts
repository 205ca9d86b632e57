/**
 * @file An averaging at work in one training. The weights and their averages change places at the end of
 * an epoch, so that whoever reads the weights then finds the averages, and again before the next.
 */
import { ops, variable, type Tensor, type Variable } from "../../graph/index.js";
import type { Engine } from "../../runtime/index.js";
import { resolveSpec } from "../component.js";
import { isMultiple } from "../counting.js";
import type { Weight } from "../layers/define.js";
import { avoidSubnormal } from "../optimizers/subnormal.js";
import type { AveragingSpec } from "./define.js";
import { averagings } from "./list.js";
import type { StatisticsRefresh } from "./refresh.js";

/** What a training step and the loop around it need of an averaging. */
export interface Averaging {
  /** The updates of a training step, with those of the averages, from the optimizer's. */
  readonly updates: (updated: ReadonlyMap<Variable, Tensor>) => ReadonlyMap<Variable, Tensor>;
  /** Prepares the other two; the refresh is of the statistics that layers keep. */
  readonly compile: (engine: Engine, refresh: StatisticsRefresh) => Promise<AveragingRun>;
  /** What a checkpoint must hold. */
  readonly memory: readonly Variable[];
}

export interface AveragingRun {
  /** Before the first step of an epoch: puts the weights themselves back. */
  readonly begin: () => void;
  /** After the last step of an epoch: puts the averages, if there are any, in the weights' place. */
  readonly end: (epoch: number) => void;
}

interface Pair {
  readonly weight: Variable;
  readonly average: Variable;
}

const beside = (weight: Variable): Pair => ({
  weight,
  average: variable({ name: `${weight.attributes.name}/average`, shape: weight.shape }),
});

/** The averages after these weights have entered. */
function entered(
  pairs: readonly Pair[],
  count: Variable,
  { share, weightOf }: { share: Tensor; weightOf: (weight: Variable) => Tensor },
): Map<Variable, Tensor> {
  return new Map([
    [count, ops.add(count, 1)],
    ...pairs.map(({ weight, average }): [Variable, Tensor] => {
      const kept = ops.multiply(average, ops.subtract(1, share));
      const added = ops.multiply(weightOf(weight), share);
      return [average, avoidSubnormal(ops.add(kept, added))];
    }),
  ]);
}

/** The averaging that a spec describes, of the weights of a network. */
export function createAveraging(
  spec: AveragingSpec,
  network: { readonly weights: readonly Pick<Weight, "variable" | "trainable">[] },
): Averaging {
  const { definition, values } = resolveSpec("averaging", averagings, spec);
  const pairs = network.weights
    .filter(({ trainable }) => trainable)
    .map((weight) => beside(weight.variable));
  const statistics = definition.refreshesStatistics
    ? network.weights.filter(({ trainable }) => !trainable).map((weight) => beside(weight.variable))
    : [];
  const int32 = (name: string): Variable =>
    variable({ name: `averaging/${name}`, shape: [], dtype: "int32" });
  const [count, isShown] = [int32("count"), int32("isShown")];
  const share = definition.share(ops.cast(count, "float32"), values);
  return {
    memory: [count, isShown, ...[...pairs, ...statistics].map(({ average }) => average)],
    updates: (updated) => {
      if (definition.takes === "epochs") return updated;
      const weightOf = (weight: Variable): Tensor => updated.get(weight) ?? weight;
      const averages = entered(pairs, count, { share, weightOf });
      const every = definition.overwritesEvery?.(values);
      if (every === undefined) return new Map([...updated, ...averages]);
      const isDue = isMultiple(ops.add(count, 1), every);
      const overwritten = pairs.map(({ weight, average }): [Variable, Tensor] => [
        weight,
        ops.select(isDue, averages.get(average) ?? average, weightOf(weight)),
      ]);
      return new Map([...updated, ...averages, ...overwritten]);
    },
    compile: async (engine, refresh) => {
      const swapped = [...pairs, ...statistics].flatMap(({ weight, average }) => [
        [weight, average] as const,
        [average, weight] as const,
      ]);
      const swap = await engine.compile({ name: "swap", updates: new Map(swapped) });
      const enter =
        definition.takes === "epochs" &&
        (await engine.compile({
          name: "average",
          updates: entered(pairs, count, { share, weightOf: (weight) => weight }),
        }));
      return {
        begin: () => {
          if (engine.read(isShown)[0] === 0) return;
          swap.run();
          engine.write(isShown, [0]);
        },
        end: (epoch) => {
          if (enter && definition.takesEpoch?.(epoch, values) === true) enter.run();
          if (engine.read(count)[0] === 0) return;
          // Statistics that no refresh computes go on from where they are.
          for (const { weight, average } of statistics) engine.write(average, engine.read(weight));
          swap.run();
          engine.write(isShown, [1]);
          if (definition.refreshesStatistics) refresh();
        },
      };
    },
  };
}
