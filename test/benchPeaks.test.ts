/** @file The bench's peak of several threads: which rounds count, and the arithmetic and words of a row's share. */
import { describe, expect, it } from "vitest";

interface Shared {
  readonly words: Int32Array;
  readonly finished: Int32Array;
  readonly rates: Float64Array;
  readonly means: Float64Array;
}
interface AtOnce {
  readonly ROUNDS: number;
  readonly DONE: number;
  readonly WANTED: number;
  readonly shareMemory: (threads: number) => Shared;
  readonly measureAtOnce: (
    shared: Shared,
    options: { thread: number; meter: () => number; isLate?: () => boolean },
  ) => void;
}
interface Rates {
  readonly alone: number;
  readonly together?: number;
}
interface Turn {
  readonly milliseconds: number;
  readonly peaks?: readonly Rates[];
  readonly sustained?: readonly (number | null)[];
}
interface Peak {
  readonly turns: number;
  readonly share?: number;
  readonly gigaflops?: number;
  readonly alone?: number;
  readonly gain?: number;
}
interface Summary {
  readonly summarize: (entries: readonly object[], work: object) => { readonly peak?: Peak }[];
}
interface Report {
  readonly drawReport: (report: object, options: { isMarkdown: boolean }) => string;
}

/** The bench is plain JavaScript, without types. */
const load = (file: string): Promise<unknown> => import(new URL(file, import.meta.url).href);
const { DONE, ROUNDS, WANTED, measureAtOnce, shareMemory } = (await load(
  "../bench/peers/atOnce.js",
)) as AtOnce;
const { summarize } = (await load("../bench/summary.js")) as Summary;
const { drawReport } = (await load("../bench/report.js")) as Report;

describe("rounds of two threads at once", () => {
  /** What thread 0 measures beside another, of which each round says how many rounds it finishes meanwhile. */
  function measure(
    rounds: readonly { rate: number; beside: number }[],
    wanted = ROUNDS,
  ): { best: number; mean: number } {
    const shared = shareMemory(2);
    shared.words[WANTED] = wanted;
    let round = 0;
    const meter = (): number => {
      const { rate, beside } = rounds[round++] ?? { rate: 1, beside: 1 };
      Atomics.add(shared.finished, 1, beside);
      // The other has done its rounds and goes on until both have.
      if (round === 1) Atomics.add(shared.words, DONE, 1);
      return rate;
    };
    measureAtOnce(shared, { thread: 0, meter });
    return { best: shared.rates[0], mean: shared.means[0] };
  }

  it("gives the best", () => {
    expect(measure([5, 7, 6].map((rate) => ({ rate, beside: 1 }))).best).toBe(7);
  });

  it("gives the mean over the time, of as many rounds as are wanted", () => {
    // Rounds of one unit of work take 1/2, 1/4 and 1/4 of time; the fourth comes when all have done theirs.
    const rates = [2, 4, 4, 1000].map((rate) => ({ rate, beside: 1 }));
    expect(measure(rates, 3).mean).toBe(3);
  });

  it("counts none in which the other stood still, or in which it stood still itself", () => {
    const together = [1, 2, 3].map((beside) => ({ rate: 5 + beside, beside }));
    const apart = [0, 4, 60].map((beside) => ({ rate: 100, beside }));
    expect(measure([...apart, ...together]).best).toBe(8);
    expect(measure([...apart, ...together], 3).mean).toBeCloseTo(3 / (1 / 6 + 1 / 7 + 1 / 8), 12);
  });

  it("goes on until enough count, and ignores the round in which the other may leave", () => {
    const apart = Array.from({ length: 50 }, () => ({ rate: 9, beside: 0 }));
    const counted = Array.from({ length: ROUNDS - 1 }, () => ({ rate: 5, beside: 1 }));
    const last = [6, 7].map((rate) => ({ rate, beside: 1 }));
    expect(measure([...apart, ...counted, ...last]).best).toBe(6);
  });

  it("goes on for a thread that has not done its rounds", () => {
    const shared = shareMemory(2);
    let round = 0;
    const meter = (): number => {
      Atomics.add(shared.finished, 0, 1);
      if (++round === ROUNDS + 30) Atomics.add(shared.words, DONE, 1);
      return round;
    };
    measureAtOnce(shared, { thread: 1, meter });
    expect(shared.rates[1]).toBe(ROUNDS + 29);
  });

  it("ends with 0 when it is late and no round counts", () => {
    const shared = shareMemory(2);
    let rounds = 0;
    const meter = (): number => ++rounds;
    measureAtOnce(shared, { thread: 0, meter, isLate: () => rounds === 10 });
    expect(shared.rates[0]).toBe(0);
    expect(shared.means[0]).toBe(0);
    expect(rounds).toBe(11);
  });
});

describe("the share of the peak", () => {
  const peaks = [
    { alone: 40, together: 70 },
    { alone: 60, together: 90 },
  ];
  /** Each as long as the other on a core that is slow for half of the time: 50 on average, of work over time. */
  const sustained = [37.5, 75];
  const layers = [{ kind: "dense", units: 100 }];
  // 160e6 operations: multiplications and additions, forward and of the gradient. In 4 ms, 40 GFLOP/s.
  const work = { inputShape: [10], layers, batchSize: 40_000 };
  const share = (turns: readonly Turn[]): Peak | undefined => {
    const variant = { name: "H", form: "wasm", isHoldout: true, threads: 2 };
    return summarize([{ variant, versions: {}, turns, firstLoss: 2, lastLoss: 1 }], work)[0].peak;
  };

  it("is of the mean of before and after, on all threads at once", () => {
    expect(share([{ milliseconds: 4, peaks, sustained }])).toEqual({
      share: 0.5,
      sustained: 50,
      sustainedShare: 0.8,
      gigaflops: 80,
      alone: 50,
      gain: 1.6,
      turns: 1,
    });
  });

  it("is the median of the turns", () => {
    const turns = [2, 4, 5].map((milliseconds) => ({ milliseconds, peaks, sustained }));
    expect(share(turns)).toMatchObject({ share: 0.5, turns: 3 });
  });

  it("leaves out turns beside which the threads did not run at once", () => {
    const whole = { milliseconds: 4, peaks, sustained };
    const apart = { ...whole, milliseconds: 1, peaks: [{ alone: 40 }, peaks[1]] };
    const apartForLong = { ...whole, milliseconds: 1, sustained: [50, null] };
    expect(share([apart, whole, apartForLong])).toMatchObject({ share: 0.5, turns: 1 });
    expect(share([apart, apartForLong])).toEqual({ turns: 0 });
  });

  it("is not there for peers that measure no peak", () => {
    expect(share([{ milliseconds: 4 }])).toBeUndefined();
  });
});

describe("the report", () => {
  const machine = { node: "v1", processor: "P", cores: 2, loadBefore: 0, loadAfter: 0, seconds: 1 };
  const milliseconds = { median: 4, low: 4, high: 4 };
  const draw = (result: object): string => {
    const results = [{ name: "H", versions: {}, turns: 3, milliseconds, ...result }];
    return drawReport(
      { machine, works: [{ work: { title: "W" }, results }] },
      { isMarkdown: true },
    );
  };
  const peak = {
    ...{ share: 0.84, gigaflops: 95.26, alone: 50.94, gain: 1.87, turns: 3 },
    ...{ sustained: 91.44, sustainedShare: 0.878 },
  };

  it.each([
    [
      { threads: 1, peak: { ...peak, gigaflops: 50.94, gain: 1 } },
      "- H, threads: 1: 84 % of the micro-kernel's peak (50.9 GFLOP/s a core), 88 % of what it sustained in turns " +
        "with the epochs (91.4).",
    ],
    [
      { threads: 2, peak, speedup: 1.82 },
      "- H, threads: 2: 84 % of the micro-kernel's peak on 2 threads at once (95.3 GFLOP/s, " +
        "1.87 times one thread's 50.9), 88 % of what it sustained in turns with the epochs (91.4); " +
        "1.82 times as fast as one thread.",
    ],
    [
      { threads: 2, peak: { turns: 0 }, speedup: 1.1 },
      "- H, threads: 2: a peak could not be measured, as they did not run at the same time; " +
        "1.1 times as fast as one thread.",
    ],
  ])("says of %j its share, and of several threads what all reach at once", (result, line) => {
    expect(draw(result).split("\n")).toContain(line);
  });
});
