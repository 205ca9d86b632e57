/** @file A store that lives as long as its page: for browsers, and for tests. */
/* eslint-disable @typescript-eslint/require-await -- the interface is asynchronous, memory is not; a promise carries what is thrown */
import { InternalError } from "../util/index.js";
import type { TrialResult } from "./results.js";
import {
  refuseOpen,
  requireStudy,
  summarizeStudy,
  type PlannedTrial,
  type StoredStudy,
  type StudyEnd,
  type StudyJournal,
  type StudyRecord,
  type StudyStore,
  type StudySummary,
} from "./store.js";
import type { TrialOutcome } from "./trialParts.js";

/** A trial by its key, whichever studies it belongs to. */
interface KeptTrial {
  outcome?: TrialOutcome;
  checkpoint?: Uint8Array;
}

interface KeptStudy {
  readonly id: number;
  readonly record: StudyRecord;
  readonly planned: Map<number, PlannedTrial>;
  seconds: number;
  end?: StudyEnd;
}

type Trials = Map<string, KeptTrial>;

function trialOf({ planned }: KeptStudy, trials: Trials, index: number): KeptTrial | undefined {
  const key = planned.get(index)?.key;
  return key === undefined ? undefined : trials.get(key);
}

const resultOf = (study: KeptStudy, trials: Trials, index: number): TrialResult | undefined =>
  trialOf(study, trials, index)?.outcome?.result;

function openJournal(study: KeptStudy, trials: Trials, onEnd: () => void): StudyJournal {
  const secondsBefore = study.seconds;
  delete study.end;
  const require = (index: number): KeptTrial => {
    const trial = trialOf(study, trials, index);
    if (trial === undefined) throw new InternalError(`trial ${index} was never planned`);
    return trial;
  };
  return {
    id: study.id,
    startedAt: study.record.environment.startedAt,
    secondsBefore,
    plan: async (planned) => {
      for (const trial of planned) {
        study.planned.set(trial.index, structuredClone(trial));
        if (!trials.has(trial.key)) trials.set(trial.key, {});
      }
      const known = planned.flatMap(({ index }): [number, TrialResult][] => {
        const result = resultOf(study, trials, index);
        return result ? [[index, structuredClone(result)]] : [];
      });
      return new Map(known);
    },
    resume: async (index) => require(index).checkpoint?.slice(),
    saveCheckpoint: async (index, bytes) => {
      const trial = require(index);
      if (trial.outcome === undefined) trial.checkpoint = bytes.slice();
    },
    finish: async (index, { seconds, ...outcome }) => {
      const trial = require(index);
      trial.outcome ??= structuredClone(outcome);
      delete trial.checkpoint;
      study.seconds = secondsBefore + seconds;
    },
    end: async (end) => {
      study.seconds = secondsBefore + end.seconds;
      study.end = structuredClone(end);
      onEnd();
    },
  };
}

function summarize(study: KeptStudy, trials: Trials): StudySummary {
  const { id, record, planned, end } = study;
  const indices = [...planned.keys()];
  return summarizeStudy(record, {
    id,
    finished: end?.finished ?? false,
    seeds: new Set([...planned.values()].map(({ seed }) => seed)).size,
    done: indices.filter((index) => resultOf(study, trials, index)).length,
    trials: indices.length,
  });
}

function describe(study: KeptStudy, trials: Trials): StoredStudy {
  const { id, record, seconds, end, planned } = study;
  return structuredClone({
    id,
    record,
    seconds,
    finished: end?.finished ?? false,
    ...(end?.stopping && { stopping: end.stopping }),
    trials: [...planned.values()]
      .sort((a, b) => a.index - b.index)
      .map((trial) => {
        const result = resultOf(study, trials, trial.index);
        return { ...trial, ...(result && { result }) };
      }),
  });
}

/** Drops the trials that no study plans any more. */
function sweep(studies: ReadonlyMap<number, KeptStudy>, trials: Trials): void {
  const used = new Set(
    [...studies.values()].flatMap((s) => [...s.planned.values()].map((p) => p.key)),
  );
  for (const key of trials.keys()) if (!used.has(key)) trials.delete(key);
}

/** Keeps copies: what is handed in or out may change afterwards. */
export function memoryStore(): StudyStore {
  const studies = new Map<number, KeptStudy>();
  const trials: Trials = new Map();
  let latest = 0;
  let openId: number | undefined;
  const find = (id: number): KeptStudy =>
    requireStudy(studies.get(id), { id, known: [...studies.keys()] });
  return {
    open: async (record) => {
      const known = [...studies.values()].find((study) => study.record.key === record.key);
      const study: KeptStudy = known ?? {
        id: ++latest,
        record: structuredClone(record),
        planned: new Map(),
        seconds: 0,
      };
      studies.set(study.id, study);
      openId = study.id;
      return openJournal(study, trials, () => (openId = undefined));
    },
    list: async () => [...studies.values()].map((study) => summarize(study, trials)),
    load: async (id) => describe(find(id), trials),
    artifacts: async (id, index) => {
      const artifacts = trialOf(find(id), trials, index)?.outcome?.artifacts;
      return artifacts && structuredClone(artifacts);
    },
    remove: async (id) => {
      find(id);
      if (id === openId) refuseOpen(id);
      studies.delete(id);
      sweep(studies, trials);
    },
    close: async () => undefined,
  };
}
