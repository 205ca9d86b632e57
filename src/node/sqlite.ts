/** @file A connection to an SQLite file: statements with values, transactions, and its refusals as one sentence. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Libsql from "libsql";
import { UsageError } from "../util/index.js";

export type SqlValue = number | string | Uint8Array | null;

export interface SqliteOptions {
  /** As the user named it: it stands in the sentences. */
  readonly path: string;
  readonly access: "read" | "write";
  /** Milliseconds that a statement waits for another connection; default 5000: readers end soon. */
  readonly patience?: number;
}

/** One connection. A row's type is what the caller says of the columns that it selects. */
export interface Sqlite {
  exec(sql: string): void;
  run(sql: string, values?: readonly SqlValue[]): { readonly id: number };
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows
  rows<Row>(sql: string, values?: readonly SqlValue[]): readonly Row[];
  /** All that `work` writes, or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const damaged = (path: string): string =>
  `Store: "${path}" must be a whole SQLite file; got a damaged one. Restore it from a copy, or name another file.`;

export function refuseDamaged(path: string): never {
  throw new UsageError(damaged(path));
}

const sentences: Readonly<Record<string, (path: string) => string>> = {
  SQLITE_FULL: (path) =>
    `Store: the disk must have room for "${path}"; got a full one. Make room: nothing is lost while the study runs.`,
  SQLITE_NOTADB: (path) =>
    `Store: "${path}" must be a store of Holdout; got a file of another kind. Name another file.`,
  SQLITE_CORRUPT: damaged,
  SQLITE_BUSY: (path) =>
    `Store: "${path}" must be free; got one that another program has locked. Close that program.`,
  SQLITE_READONLY: (path) =>
    `Store: "${path}" must be a file that can be written; got a read-only one. Name another file.`,
  SQLITE_CANTOPEN: (path) =>
    `Store: "${path}" must be a file that can be opened; got a missing or closed file or folder. Check the path.`,
  SQLITE_IOERR: (path) =>
    `Store: the disk must take what is written to "${path}"; got an input or output error. Check the disk.`,
};

/** libsql tells a failure to open in words alone: SQLite's code 14 stands at their end. */
function codeOf({
  code = "",
  message,
}: {
  readonly code?: string;
  readonly message: string;
}): string {
  return message.startsWith("ConnectionFailed") ? "SQLITE_CANTOPEN" : code;
}

/** Extended codes, such as SQLITE_IOERR_WRITE, begin with the code that they extend. */
function explain(path: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  const known = Object.keys(sentences).find((each) => code === each || code.startsWith(`${each}_`));
  return known === undefined ? error : new UsageError(sentences[known](path), { cause: error });
}

/** As a URI, so that no path means something else to libsql, such as a remote database. */
function uriOf({ path, access }: SqliteOptions): string {
  return `${pathToFileURL(resolve(path)).href}?mode=${access === "read" ? "ro" : "rwc"}`;
}

/**
 * @throws UsageError from here and every method, for what the user can put right: a full disk, a damaged
 *   file, a lock
 */
export function openSqlite(options: SqliteOptions): Sqlite {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explain(options.path, error);
    }
  };
  const database = attempt(() => new Libsql(uriOf(options)));
  const statements = new Map<string, ReturnType<typeof database.prepare>>();
  const prepare = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const exec = (sql: string): void => attempt(() => void database.exec(sql));
  exec(`PRAGMA busy_timeout = ${options.patience ?? 5000}`);
  return {
    exec,
    // NOTE: values go in as one array: libsql takes a lone blob for named values and ends the process.
    run: (sql, values = []) =>
      attempt(() => ({ id: Number(prepare(sql).run([...values]).lastInsertRowid) })),
    rows: (sql, values = []) => attempt(() => prepare(sql).all([...values]) as never[]),
    transaction: (work) => {
      exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        exec("COMMIT");
        return result;
      } catch (error) {
        // SQLite itself has rolled back after some errors, such as a full disk.
        if (database.inTransaction) exec("ROLLBACK");
        throw error;
      }
    },
    close: () => {
      statements.clear();
      database.close();
    },
  };
}
