/** @file The control words of a shared memory, as JavaScript reads and changes them. */
import { CONTROL, CONTROL_BYTES, FAILURES } from "../codegen/index.js";

type Word = keyof typeof CONTROL;

/** Looks at the signal before sleeping: some 50 microseconds, in which a training makes its next step. */
const SPINS = 5_000;

export class ControlWords {
  readonly #words: Int32Array;

  constructor(memory: WebAssembly.Memory, address: number) {
    this.#words = new Int32Array(memory.buffer, address, CONTROL_BYTES / 4);
  }

  load(word: Word): number {
    return Atomics.load(this.#words, CONTROL[word] / 4);
  }

  store(word: Word, value: number): void {
    Atomics.store(this.#words, CONTROL[word] / 4, value);
  }

  add(word: Word, value: number): void {
    Atomics.add(this.#words, CONTROL[word] / 4, value);
  }

  /** Tells idle threads that there is something to do. */
  signal(): void {
    this.add("signal", 1);
    if (this.load("idle") > 0) Atomics.notify(this.#words, CONTROL.signal / 4);
  }

  /** Returns when the signal is not `seen` any more: at once, while looking, or woken from sleep. */
  waitForSignal(seen: number): void {
    for (let i = 0; i < SPINS; i++) if (this.load("signal") !== seen) return;
    this.add("idle", 1);
    Atomics.wait(this.#words, CONTROL.signal / 4, seen);
    this.add("idle", -1);
  }

  /** Makes every thread that waits at a barrier, or comes to one, leave its run. */
  fail(): void {
    this.store("failed", FAILURES.broken);
    this.add("generation", 1);
    Atomics.notify(this.#words, CONTROL.generation / 4);
  }
}
