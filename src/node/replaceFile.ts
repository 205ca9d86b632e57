/** @file Replaces a file at once: a temporary file beside it, then a rename. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where a file's next content waits; hidden, and this process's own. */
export const temporaryPath = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);

/**
 * Under its own name the file is either old and whole, or new and whole, whatever happens meanwhile;
 * if the file system refuses, nothing is left behind.
 *
 * Synchronous, so that no handler of Ctrl-C ends the process before the temporary file is gone.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = temporaryPath(path);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
