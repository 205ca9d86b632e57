/** @file Trains the networks of one trial: a single one, several from other seeds, or one in cycles. */
import {
  sequential,
  snapshotCycles,
  withWeights,
  type Checkpoint,
  type Model,
  type Progress,
  type WeightArray,
} from "../nn/index.js";
import { countTrainings, type Recipe } from "../techniques/index.js";
import { randomStream } from "../util/index.js";
import {
  collectSnapshots,
  keepBestWeights,
  recallMembers,
  rememberMembers,
  reportCheckpoints,
  type FinishedMember,
} from "./checkpoints.js";
import { fitOptions } from "./fitOptions.js";
import type { EpochResult, TrialFailure } from "./results.js";
import type { TrialData, TrialEngine, TrialHooks } from "./trialParts.js";

/** What came of the trainings. */
export interface Trained {
  /** Those that answer together. */
  readonly models: readonly Model[];
  /** For each training, or each snapshot, the weights that are worth keeping. */
  readonly kept: readonly (readonly WeightArray[])[];
  /** Of the first training. */
  readonly epochs: readonly EpochResult[];
  readonly restoredEpoch?: number;
  readonly failure?: TrialFailure;
  /** That of the last training, for predictions; undefined for the models' own. */
  readonly engine: TrialEngine | undefined;
}

export interface MembersTask {
  readonly recipe: Recipe;
  readonly rows: TrialData;
  readonly seed: number;
  readonly hooks: TrialHooks;
  readonly resumed: Checkpoint | undefined;
}

/** The first member is the network that the recipe alone would train; no other trial has the others' seeds. */
export const memberSeed = (seed: number, member: number): number =>
  member === 0 ? seed : randomStream(seed, `ensemble/${member}`).uint32();

const modelOf = ({ recipe, rows }: MembersTask, weights: readonly Float32Array[]): Model =>
  withWeights(sequential(recipe.model.layers), { inputShape: rows.train.featureShape, weights });

/** The optimizer in cycles, and what collects their ends, if the recipe says so. */
function snapshotsOf({ recipe, rows }: MembersTask) {
  const { ensemble, training } = recipe;
  if (ensemble?.kind !== "snapshots") return undefined;
  const { cycles } = ensemble;
  const { optimizer, every } = snapshotCycles({ ...training, rows: rows.train.rows, cycles });
  return { optimizer, ...collectSnapshots(every) };
}

/** Reports one member's training, its epochs counted on from those of the members before. */
function reportsOf({ recipe, hooks }: MembersTask, member: number) {
  const { onMessage } = hooks;
  const before = member * recipe.training.epochs;
  return {
    // The learning curve of a trial is that of its first member.
    ...(member === 0 && {
      onEpoch: (result: EpochResult) => onMessage?.({ kind: "epoch", result }),
    }),
    onProgress: ({ epoch, step, steps, loss }: Progress) =>
      onMessage?.({ kind: "progress", epoch: before + epoch, step, steps, loss }),
  };
}

/** Trains one member on one engine. */
async function trainMember(
  task: MembersTask,
  {
    member,
    finished,
    engine,
  }: {
    readonly member: number;
    readonly finished: readonly FinishedMember[];
    readonly engine: TrialEngine | undefined;
  },
) {
  const { recipe, rows, seed, hooks, resumed } = task;
  const { clock, onMessage, signal, checkpoints = false } = hooks;
  const model = sequential(recipe.model.layers);
  const best = keepBestWeights();
  const snapshots = snapshotsOf(task);
  let restoredEpoch: number | undefined;
  const options = fitOptions(recipe.training, (epoch) => (restoredEpoch = epoch));
  const history = await model.fit(rows.train, {
    ...options,
    ...(snapshots && { optimizer: snapshots.optimizer }),
    callbacks: [
      ...options.callbacks,
      best.callback,
      ...(snapshots ? [snapshots.callback] : []),
      // A copy: the list grows while this member's checkpoints are written.
      ...(countTrainings(recipe) > 1 ? [rememberMembers([...finished])] : []),
      ...(checkpoints
        ? [reportCheckpoints(clock, (bytes) => onMessage?.({ kind: "checkpoint", bytes }))]
        : []),
    ],
    metrics: ["accuracy"],
    validation: rows.validation,
    seed: memberSeed(seed, member),
    clock,
    ...reportsOf(task, member),
    ...(signal && { signal }),
    ...(engine && { engine }),
    ...(resumed && { resume: resumed }),
  });
  const { epochs, failure } = history;
  const ends = { epochs, ...(restoredEpoch !== undefined && { restoredEpoch }) };
  const present = model.weights();
  return { model, present, best: best.name(present), snapshots: snapshots?.taken(), failure, ends };
}

/** "Member 2 of 5: " before the sentence of a member that failed. */
const namedFailure = (failure: TrialFailure, member: number, members: number): TrialFailure =>
  members === 1
    ? failure
    : { ...failure, message: `Member ${member + 1} of ${members}: ${failure.message}` };

/** Puts together what answers: the network, its snapshots, or all members. */
function gatherModels(
  task: MembersTask,
  done: Awaited<ReturnType<typeof trainMember>>,
  finished: readonly FinishedMember[],
): Pick<Trained, "models" | "kept"> {
  if (finished.length > 1) {
    return {
      models: finished.map(({ weights }) => modelOf(task, weights)),
      kept: finished.map(({ best }) => done.present.map((one, i) => ({ ...one, values: best[i] }))),
    };
  }
  if (done.snapshots === undefined) return { models: [done.model], kept: [done.best] };
  const models = done.snapshots.map((weights) => modelOf(task, weights));
  return { models, kept: models.map((model) => model.weights()) };
}

function finishMember({
  present,
  best,
  ends,
}: Awaited<ReturnType<typeof trainMember>>): FinishedMember {
  const valuesOf = (weights: readonly WeightArray[]) => weights.map(({ values }) => values);
  return { ends, weights: valuesOf(present), best: valuesOf(best) };
}

/**
 * Trains what the recipe says, member by member, each on an engine of its own, whose memory is then free again.
 *
 * @param use - receives what came of it, while the last engine lives
 */
export async function trainMembers<T>(
  task: MembersTask,
  use: (trained: Trained) => Promise<T>,
): Promise<T> {
  const members = countTrainings(task.recipe);
  const finished = [...recallMembers(task.resumed)];
  const begun = finished.length;
  let engine: TrialEngine | undefined;
  try {
    for (;;) {
      const member = finished.length;
      engine = await task.hooks.createEngine?.();
      // A checkpoint is of the first member that it does not count as finished.
      const resumed = member === begun ? task.resumed : undefined;
      const done = await trainMember({ ...task, resumed }, { member, finished, engine });
      finished.push(finishMember(done));
      const { ends } = finished[0];
      if (done.failure) {
        const failure = namedFailure(done.failure, member, members);
        return await use({ models: [], kept: [], ...ends, failure, engine });
      }
      if (finished.length === members) {
        return await use({ ...gatherModels(task, done, finished), ...ends, engine });
      }
      await engine?.dispose();
      engine = undefined;
    }
  } finally {
    await engine?.dispose();
  }
}
