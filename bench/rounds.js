/** @file Interleaves the peers: each does its turn while all others wait, round after round. */
import { startPeer } from "./peerProcess.js";

/** A peer whose turns take long takes part in the first rounds only. */
const LONG_TURNS = [
  { seconds: 10, rounds: 1 },
  { seconds: 2, rounds: 3 },
];
const isLong = (seconds) => seconds > LONG_TURNS.at(-1).seconds;
/** Turns, not timed, in which a slow peer may still show that its loss falls. */
const PROVING_TURNS = 20;
/** Steps that tell how long a step takes, once it is compiled. */
const PROBED_STEPS = 5;

const clock = () => performance.now();

/** Steps: the peer times them itself, without the way of the message. */
function stepWork(peers, { turnSeconds }) {
  const [peer] = peers;
  let steps = 1;
  const turn = () => peer.ask({ kind: "run", steps });
  return {
    warmUp: async () => {
      const first = await turn();
      // The first step compiles: where even that was short, more steps tell better.
      if (!isLong(first.seconds)) steps = PROBED_STEPS;
      const { seconds, steps: done } = await turn();
      steps = Math.max(1, Math.round((turnSeconds * done) / seconds));
      // A loop compiled for a number of steps is compiled anew for another.
      if (!isLong(seconds)) await turn();
      return first.loss;
    },
    turn: async () => {
      const answer = await turn();
      return { ...answer, milliseconds: (1000 * answer.seconds) / answer.steps };
    },
  };
}

/** Trainings: each process takes the next one until there are no more. */
function studyWork(peers, { work, isHoldout }) {
  const turn = async () => {
    const started = clock();
    if (isHoldout) {
      const { seconds, ...answer } = await peers[0].ask({ kind: "train" });
      return { ...answer, milliseconds: 1000 * seconds };
    }
    let next = 0;
    const answers = [];
    const serve = async (peer) => {
      while (next < work.trainings) {
        answers.push(await peer.ask({ kind: "train", seed: next++ }));
      }
    };
    await Promise.all(peers.map(serve));
    const mean = (name) => answers.reduce((sum, answer) => sum + answer[name], 0) / answers.length;
    return {
      milliseconds: clock() - started,
      loss: mean("loss"),
      firstLoss: mean("firstLoss"),
    };
  };
  return {
    warmUp: async () => {
      const answers = await Promise.all(peers.map((peer) => peer.ask({ kind: "train", seed: 0 })));
      return answers[0].firstLoss;
    },
    turn,
  };
}

/** Starts a variant's processes and lets them compile; what fails is remembered as its reason. */
async function enter(variant, { work, data, turnSeconds }) {
  const peers = Array.from({ length: variant.processes }, () => startPeer(variant));
  const { form, threads, isHoldout } = variant;
  const entry = { variant, peers, turns: [], versions: {} };
  try {
    const ready = await Promise.all(
      peers.map((peer) => peer.ask({ kind: "prepare", work, data, form, threads })),
    );
    entry.versions = ready[0].versions;
    entry.work = work.trainings
      ? studyWork(peers, { work, isHoldout })
      : stepWork(peers, { turnSeconds });
    entry.firstLoss = await entry.work.warmUp();
  } catch (error) {
    leave(entry, error);
  }
  return entry;
}

function leave(entry, error) {
  entry.reason = error.message;
  for (const peer of entry.peers) peer.stop();
}

const isDone = ({ turns, reason }) =>
  reason !== undefined ||
  LONG_TURNS.some(({ seconds, rounds }) => turns.length >= rounds && turns[0].duration > seconds);

async function takeTurn(entry, round) {
  const started = clock();
  try {
    const turn = await entry.work.turn();
    // What a peer says, if it does: what it measures beside its work makes no turn long.
    const duration = turn.seconds ?? (clock() - started) / 1000;
    entry.turns.push({ ...turn, round, duration });
  } catch (error) {
    leave(entry, error);
  }
}

/** Trains on where the rounds had too few steps for the loss to fall. */
async function prove(entry, signal) {
  const { firstLoss, turns, work } = entry;
  entry.lastLoss = turns.at(-1)?.loss;
  for (
    let i = 0;
    i < PROVING_TURNS && !(entry.lastLoss < (turns[0]?.firstLoss ?? firstLoss));
    i++
  ) {
    if (entry.reason !== undefined || signal.aborted) return;
    entry.lastLoss = (await work.turn()).loss;
  }
}

/**
 * Measures all variants on one work.
 *
 * @param tell - hears what is going on, for people who wait
 * @param signal - ends the rounds after the turn that is under way
 * @returns for each variant its turns, or the reason why there are none
 */
export async function runRounds(variants, { work, data, rounds, turnSeconds, tell, signal }) {
  const entries = [];
  try {
    for (const variant of variants) {
      if (signal.aborted) break;
      tell(`${variant.name} starts`);
      entries.push(await enter(variant, { work, data, turnSeconds }));
    }
    for (let round = 0; round < rounds; round++) {
      for (const entry of entries) {
        if (isDone(entry) || signal.aborted) continue;
        tell(`round ${round + 1} of ${rounds}: ${entry.variant.name}`);
        await takeTurn(entry, round);
      }
    }
    for (const entry of entries) await prove(entry, signal);
  } finally {
    for (const { peers } of entries) for (const peer of peers) peer.stop();
  }
  return entries;
}
