/** @file Ctrl-C and its relatives: the first asks the study to stop, the second ends the process. */
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 + the signal's number, as shells expect; undefined while no signal came. */
  exitCode(): number | undefined;
}

/** Listens until the process ends. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (exitCode !== undefined) process.exit(exitCode);
      exitCode = 128 + constants.signals[name];
      controller.abort();
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}
