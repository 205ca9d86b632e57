/** @file What an engine needs from its surroundings to run on several threads; Node's is in src/node. */
import type { ProgramModules } from "./programModules.js";

/** A thread that runs `serveThread`, as the engine sees it. */
export interface ThreadWorker {
  /** Sends plain data, a WebAssembly module or a shared memory. */
  readonly send: (message: unknown) => void;
  /** The next message that comes back; rejects once the thread has failed or ended. */
  readonly receive: () => Promise<unknown>;
  /** Why the thread runs no more, if so; known soon after it ended, not at once. */
  readonly ended: () => string | undefined;
  readonly stop: () => Promise<void>;
}

/** Starts threads. The thread that uses the engine must be allowed to block: no browser's page is. */
export interface ThreadHost {
  /** How many threads this machine runs at the same time, the calling one included. */
  readonly cores: number;
  readonly start: () => ThreadWorker;
}

/** The engine, as a thread sees it. */
export interface ThreadPort {
  readonly send: (message: unknown) => void;
  /** Registers the only listener. */
  readonly listen: (onMessage: (message: unknown) => void) => void;
}

/** From the engine to a thread. */
export type ThreadRequest =
  | {
      readonly kind: "begin";
      readonly memory: WebAssembly.Memory;
      /** Address of the control block. */
      readonly control: number;
      /** This thread's number, from 1; the engine's own thread is 0. */
      readonly thread: number;
      readonly threads: number;
      /** Where the thread opens the matrix library, if the engine has one. */
      readonly library?: string | undefined;
    }
  | { readonly kind: "program"; readonly modules: ProgramModules };

/** From a thread to the engine, once for each request. */
export type ThreadAnswer =
  { readonly kind: "done" } | { readonly kind: "failed"; readonly message: string };
