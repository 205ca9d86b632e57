/** @file Shows a study's progress on stderr: live lines in a terminal, plain lines elsewhere. */
import type { DownloadEvent } from "../data/index.js";
import type { StudyEvent } from "../study/index.js";
import type { Colors } from "./colors.js";
import { downloadLine } from "./downloadLine.js";
import { liveRegion } from "./liveRegion.js";
import { eventLines, liveLines } from "./progressLines.js";
import { advance, emptyProgress } from "./progressState.js";

/** A person sees no more than that, and a slow terminal should not be kept busy. */
const REDRAW_MILLISECONDS = 80;

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  readonly colors: Colors;
  readonly clock: () => number;
}

export interface Progress {
  onEvent(event: StudyEvent): void;
  onDownload(event: DownloadEvent): void;
  /** Removes the live lines; call it before anything else is written to the terminal. */
  close(): void;
}

export const silentProgress: Progress = {
  onEvent: () => undefined,
  onDownload: () => undefined,
  close: () => undefined,
};

const mirrorLine = ({ url, reason, next }: DownloadEvent & { kind: "mirrorFailed" }): string =>
  `${url} failed (${reason}); trying ${next}`;

/** Plain lines: what begins and what ends, once each. */
export function plainProgress({ stream, clock }: ProgressOptions): Progress {
  let state = emptyProgress;
  let file: string | undefined;
  const print = (lines: readonly string[]): void => {
    for (const line of lines) stream.write(`${line}\n`);
  };
  return {
    onEvent: (event) => {
      state = advance(state, event, clock());
      print(eventLines(event, state, clock()));
    },
    onDownload: (event) => {
      if (event.kind === "mirrorFailed") print([mirrorLine(event)]);
      else if (event.file !== file) print([`downloading ${event.url}`]);
      file = event.file;
    },
    close: () => undefined,
  };
}

/** Live lines below, and above them what is finished; "started" needs no line, it can be seen. */
export function liveProgress({ stream, colors, clock }: ProgressOptions): Progress {
  let state = emptyProgress;
  let drawnAt = -Infinity;
  const region = liveRegion((text) => stream.write(text));
  const draw = (makeLines: () => readonly string[]): void => {
    if (clock() - drawnAt < REDRAW_MILLISECONDS) return;
    drawnAt = clock();
    region.draw(makeLines());
  };
  const print = (lines: readonly string[]): void => {
    region.print(lines);
    drawnAt = -Infinity;
  };
  return {
    onEvent: (event) => {
      state = advance(state, event, clock());
      if (event.kind !== "started") {
        const lines = eventLines(event, state, clock());
        if (lines.length > 0) print(lines);
      }
      // Some terminals, such as a serial line, do not tell their size.
      const size = { columns: stream.columns || 80, rows: stream.rows || 24 };
      draw(() => liveLines(state, { now: clock(), ...size, colors }));
    },
    onDownload: (event) => {
      if (event.kind === "mirrorFailed") print([mirrorLine(event)]);
      else draw(() => [downloadLine(event)]);
    },
    close: () => region.clear(),
  };
}
