/** @file Writes results: whole files or nothing, and what the file system refuses as one sentence. */
import { accessSync, constants, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../util/index.js";
import { replaceFile, temporaryPath } from "./replaceFile.js";

const reasons: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `the folder "${dirname(path)}" does not exist`,
  ENOTDIR: (path) => `"${dirname(path)}" is not a folder`,
  EACCES: () => "permission is missing",
  EPERM: () => "permission is missing",
  EROFS: () => "the file system is read-only",
  ENOSPC: () => "the disk is full",
};

function refuse(who: string, path: string, reason: string): never {
  throw new UsageError(
    `${who}: the path must be a file that can be written; got "${path}" (${reason}). Choose another path.`,
  );
}

/** Runs file operations and turns the system's error codes into one sentence. */
function explain(who: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    refuse(who, path, reasons[code]?.(path) ?? message);
  }
}

/**
 * Makes sure, before hours of training, that a file can be written there later.
 *
 * @param who - the subject of the sentence, such as "--report".
 * @throws UsageError if the folder is missing or closed, or the path is a folder or a device.
 */
export function checkWritable(who: string, path: string): void {
  explain(who, path, () => {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) refuse(who, path, "it is a folder");
    // A rename would replace a device or a pipe by a file.
    if (existing && !existing.isFile()) refuse(who, path, "it is not a regular file");
    if (existing) accessSync(path, constants.W_OK);
    // Permission bits do not tell everything; only writing does.
    writeFileSync(temporaryPath(path), "", { flag: "wx" });
    rmSync(temporaryPath(path));
  });
}

/**
 * Replaces the file's content at once: a reader sees the old file or the new one, never a half.
 *
 * @throws UsageError naming what the file system refused; nothing is left behind.
 */
export function writeAtomically(who: string, path: string, content: string | Uint8Array): void {
  explain(who, path, () => replaceFile(path, content));
}
