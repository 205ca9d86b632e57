/** @file The lock of a store's one writer, which ends with its process however that ends. */
import { UsageError } from "../util/index.js";
import { openSqlite } from "./sqlite.js";

/**
 * Holds a transaction open on an empty database beside the store, and by that the file locks of the operating
 * system: a killed process leaves none behind, and readers of the store itself never meet them. The file
 * stays: to remove it while another process opens it would make two locks.
 *
 * @returns what releases it
 * @throws UsageError if another process holds it
 */
export function lockStore(path: string): () => void {
  const lock = openSqlite({ path: `${path}-lock`, access: "write", patience: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new UsageError(
      `Store: "${path}" must have one writer at a time; got a second. ` +
        "Wait until the other study has ended, or name another file.",
    );
  }
  return () => lock.close();
}

const isBusy = (error: unknown): boolean =>
  error instanceof UsageError && (error.cause as { code?: string }).code === "SQLITE_BUSY";
