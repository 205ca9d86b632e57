/** @file What a thread does: waits for a run, does its share of it, waits again; and takes in programs. */
import { InternalError } from "../util/index.js";
import { ControlWords } from "./controlWords.js";
import type { Multiply, OpenLibrary } from "./matrixLibrary.js";
import { startProgram, type Run } from "./programModules.js";
import type { ThreadAnswer, ThreadPort, ThreadRequest } from "./threadHost.js";

/** What the thread got to know when it began. */
interface Share {
  /** What programs import. */
  readonly env: { readonly memory: WebAssembly.Memory; readonly multiply?: Multiply };
  readonly control: ControlWords;
  readonly thread: number;
  readonly threads: number;
}

/**
 * Makes the calling thread one of an engine's; returns at once, and keeps the thread busy from then on.
 *
 * @param openLibrary - opens the matrix library of an engine that has one
 */
export function serveThread(port: ThreadPort, openLibrary?: OpenLibrary): void {
  const programs: Run[] = [];
  let share: Share | undefined;
  let handled = 0;
  let runs = 0;
  const take = (request: ThreadRequest): Share => {
    if (request.kind === "begin") {
      const { memory, control, thread, threads, library } = request;
      if (library !== undefined && openLibrary === undefined) {
        throw new InternalError("This thread cannot open a matrix library.");
      }
      const multiply =
        library === undefined ? undefined : openLibrary?.(library).multiplyIn(memory);
      const env = { memory, ...(multiply && { multiply }) };
      share = { env, control: new ControlWords(memory, control), thread, threads };
      return share;
    }
    if (share === undefined) throw new InternalError("The first message must begin the work.");
    programs.push(startProgram(request.modules, share.env));
    return share;
  };
  /** Blocks this thread, which then hears no messages, until another message has been sent to it. */
  const serve = ({ control, thread, threads }: Share): void => {
    for (;;) {
      const signal = control.load("signal");
      if (control.load("runs") !== runs) {
        runs++;
        programs[control.load("program")](thread, threads);
      } else if (control.load("messages") !== handled) return;
      else control.waitForSignal(signal);
    }
  };
  port.listen((request) => {
    try {
      const now = take(request as ThreadRequest);
      handled++;
      port.send({ kind: "done" } satisfies ThreadAnswer);
      serve(now);
    } catch (error) {
      share?.control.fail();
      const message = error instanceof Error ? error.message : String(error);
      port.send({ kind: "failed", message } satisfies ThreadAnswer);
    }
  });
}
