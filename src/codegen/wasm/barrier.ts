/** @file Prints the barrier: no thread passes before all have come. A thread that never comes ends the run. */
import { FunctionBody } from "./assembler.js";
import { CONTROL, FAILURES } from "./control.js";
import type { Opcode } from "./opcodes.js";

/** Looks at the word before a thread sleeps: some 50 microseconds, about what waking it would take. */
const SPINS = 25_000;
const SLICE_SECONDS = 1;
const EVERYBODY = -1;

export interface BarrierOptions {
  /** Address of the control block. */
  readonly control: number;
  /** How long a thread waits for the others before it gives up. */
  readonly timeoutSeconds: number;
}

/** The barrier, which is to be called, and another function that it calls. */
export function printBarrier(options: BarrierOptions): {
  readonly sleep: FunctionBody;
  readonly barrier: FunctionBody;
} {
  const sleep = printSleep(options);
  return { sleep, barrier: printPassage(options, sleep) };
}

const slicesOf = ({ timeoutSeconds }: BarrierOptions): number =>
  Math.ceil(timeoutSeconds / SLICE_SECONDS);

/**
 * A function of (generation): sleeps for a slice of the timeout, or until the generation is another.
 *
 * NOTE: the wait stands alone, because V8's quick compiler (seen in 11.3, Node 20) loses locals across
 * it: a loop around it in the same function never ended.
 */
function printSleep(options: BarrierOptions): FunctionBody {
  const body = new FunctionBody("sleep", ["i32"]);
  const nanoseconds = Math.round((options.timeoutSeconds / slicesOf(options)) * 1e9);
  body.i32(0).get(body.parameters[0]).i64(nanoseconds);
  return body.memory("memory.atomic.wait32", options.control + CONTROL.generation).op("drop");
}

/**
 * A function of (threads, waits): comes to the barrier and, if `waits` is not 0, waits for the others.
 * It traps when another thread has failed, or does not come in time.
 */
function printPassage(options: BarrierOptions, sleep: FunctionBody): FunctionBody {
  const { control } = options;
  const body = new FunctionBody("barrier", ["i32", "i32"]);
  const [threads, waits] = body.parameters;
  const generation = body.local("i32");
  const left = body.local("i32");
  const access = (name: Opcode, word: keyof typeof CONTROL): FunctionBody =>
    body.memory(name, control + CONTROL[word]);
  const load = (word: keyof typeof CONTROL): FunctionBody => {
    body.i32(0);
    return access("i32.atomic.load", word);
  };
  const add = (word: keyof typeof CONTROL, value: number): FunctionBody => {
    body.i32(0).i32(value);
    return access("i32.atomic.rmw.add", word);
  };
  const wakeAll = (): void => {
    body.i32(0).i32(EVERYBODY);
    access("memory.atomic.notify", "generation").op("drop");
  };
  const leaveIfFailed = (): void => {
    load("failed").when(() => void body.op("unreachable"));
  };
  const stillWaiting = (): FunctionBody => load("generation").get(generation).op("i32.eq");
  const whileWaiting = (): void => {
    stillWaiting().get(left).i32(1).op("i32.sub").tee(left).i32(0).op("i32.ne").op("i32.and");
  };

  // Before anything else: a failure, or the last thread's coming, then changes it.
  load("generation").set(generation);
  leaveIfFailed();
  add("arrived", 1).i32(1).op("i32.add").get(threads).op("i32.eq");
  body.when(() => {
    body.i32(0).i32(0);
    access("i32.atomic.store", "arrived");
    add("generation", 1).op("drop");
    load("sleeping").when(wakeAll);
    body.op("return");
  });
  body.get(waits).op("i32.eqz");
  body.when(() => void body.op("return"));

  body.i32(SPINS).set(left);
  body.loopWhile(whileWaiting);
  // Slices, because a machine that sleeps for an hour must not have slept through the whole time.
  stillWaiting().when(() => {
    add("sleeping", 1).op("drop");
    body.i32(slicesOf(options)).set(left);
    body.loopWhile(() => {
      body.get(generation).call(sleep);
      whileWaiting();
    });
    add("sleeping", -1).op("drop");
  });
  stillWaiting().when(() => {
    body.i32(0).i32(FAILURES.late);
    access("i32.atomic.store", "failed");
    // The change lets everybody pass who waits or is about to; they then see the failure.
    add("generation", 1).op("drop");
    wakeAll();
  });
  leaveIfFailed();
  return body;
}
