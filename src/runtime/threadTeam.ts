/** @file The threads of one engine: started together, given programs, run together, ended together. */
import { CONTROL_BYTES, FAILURES } from "../codegen/index.js";
import { InternalError, UsageError } from "../util/index.js";
import { ControlWords } from "./controlWords.js";
import type { ProgramModules } from "./programModules.js";
import type { ThreadAnswer, ThreadHost, ThreadRequest, ThreadWorker } from "./threadHost.js";
import type { WasmMemory } from "./wasmMemory.js";

export interface TeamOptions {
  /** With the calling thread, at least 2. */
  readonly threads: number;
  /** How long the threads wait for one that does not come. */
  readonly timeoutSeconds: number;
  /** Where each thread opens the engine's matrix library, if it has one. */
  readonly library?: string | undefined;
}

export class ThreadTeam {
  readonly #words: ControlWords;
  readonly #workers: readonly ThreadWorker[];
  #programs = 0;
  #asked: Promise<void> = Promise.resolve();
  /** Why no program can run any more. */
  #over: Error | undefined;

  private constructor(
    host: ThreadHost,
    memory: WasmMemory,
    readonly options: TeamOptions & { readonly control: number },
  ) {
    this.#words = new ControlWords(memory.memory, options.control);
    this.#workers = Array.from({ length: options.threads - 1 }, () => host.start());
  }

  /** @throws UsageError if a thread does not start */
  static async start(
    host: ThreadHost,
    memory: WasmMemory,
    options: TeamOptions,
  ): Promise<ThreadTeam> {
    const control = memory.reserve(CONTROL_BYTES, { kind: "other", name: "threads" });
    const team = new ThreadTeam(host, memory, { ...options, control });
    try {
      await team.#ask((thread) => ({
        kind: "begin",
        memory: memory.memory,
        control,
        thread,
        threads: options.threads,
        library: options.library,
      }));
    } catch (error) {
      await team.stop();
      throw new UsageError(
        `Engine: all ${options.threads} threads must start; got: ${messageOf(error)}. ` +
          "Use fewer threads, or one.",
      );
    }
    return team;
  }

  /** Address of the control words. */
  get control(): number {
    return this.options.control;
  }

  /** Gives a program to all threads; returns its number. */
  async add(modules: ProgramModules): Promise<number> {
    this.#requireAlive();
    const program = this.#programs++;
    try {
      await this.#ask(() => ({ kind: "program", modules }));
    } catch (error) {
      throw this.#fail(error);
    }
    return program;
  }

  /** Runs a program on all threads; `own` does the calling thread's share. */
  run(program: number, own: (thread: number, threads: number) => void): void {
    this.#requireAlive();
    this.#words.store("program", program);
    this.#words.add("runs", 1);
    this.#words.signal();
    try {
      own(0, this.options.threads);
    } catch (error) {
      // After a failure elsewhere, this thread's own error says only that it left a barrier.
      const failure = this.#words.load("failed");
      this.#words.fail();
      if (failure === FAILURES.late) throw this.#fail(this.#late());
      throw this.#fail(failure === FAILURES.broken ? "its code failed" : error);
    }
  }

  async stop(): Promise<void> {
    this.#over ??= new UsageError("Engine: must not be disposed of; it is. Create another.");
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  #requireAlive(): void {
    // A loop, since this happens at every step: it allocates nothing.
    for (const worker of this.#workers) {
      const why = worker.ended();
      if (why !== undefined) this.#fail(why);
    }
    if (this.#over !== undefined) throw this.#over;
  }

  #fail(cause: unknown): Error {
    this.#over ??= new InternalError(
      `Engine: a thread has stopped (${messageOf(cause)}). Its work is lost; create another engine.`,
    );
    return this.#over;
  }

  #late(): string {
    return `no answer within ${this.options.timeoutSeconds} s`;
  }

  /** Sends each thread a message and waits until all have followed it; one after another. */
  #ask(requestFor: (thread: number) => ThreadRequest): Promise<void> {
    const asked = this.#asked.then(() => this.#askNow(requestFor));
    this.#asked = asked.catch(() => undefined);
    return asked;
  }

  async #askNow(requestFor: (thread: number) => ThreadRequest): Promise<void> {
    const answers = Promise.all(this.#workers.map((worker) => worker.receive()));
    // Counted before it is sent: a thread that has seen the count waits for the message.
    this.#words.add("messages", 1);
    this.#words.signal();
    this.#workers.forEach((worker, i) => worker.send(requestFor(i + 1)));
    for (const answer of await this.#inTime(answers)) {
      const given = answer as ThreadAnswer;
      if (given.kind === "failed") throw new Error(given.message);
    }
  }

  async #inTime<T>(answers: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(this.#late())), this.options.timeoutSeconds * 1000);
    });
    try {
      return await Promise.race([answers, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
