import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeStore } from "../../test/contract/describeStore.js";
import { openSqlite } from "./sqlite.js";
import { sqliteStore } from "./sqliteStore.js";
import { readStore } from "./storeReader.js";

let folder: string;
const path = (): string => join(folder, "holdout.db");
const makeFolder = (): void => {
  folder = mkdtempSync(join(tmpdir(), "holdout-store-"));
};
const removeFolder = (): void => rmSync(folder, { recursive: true });

describeStore("sqliteStore", {
  create: () => {
    makeFolder();
    return sqliteStore(path());
  },
  reopen: async (store) => {
    await store.close();
    return sqliteStore(path());
  },
  dispose: removeFolder,
});

/** A process that holds the lock until it is killed. */
async function otherWriter() {
  const libsql = createRequire(import.meta.url).resolve("libsql");
  const code = `
    const Libsql = require(${JSON.stringify(libsql)});
    new Libsql(${JSON.stringify(`${path()}-lock`)}).exec("BEGIN EXCLUSIVE");
    console.log("locked");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const makeStore = async (): Promise<void> => sqliteStore(path()).close();

describe("a store in a file", () => {
  beforeEach(makeFolder);
  afterEach(removeFolder);

  const secondWriter = (): string =>
    `Store: "${path()}" must have one writer at a time; got a second. ` +
    "Wait until the other study has ended, or name another file.";

  it("has one writer, also within one process, until that is closed", async () => {
    const store = sqliteStore(path());
    expect(() => sqliteStore(path())).toThrow(secondWriter());
    await store.close();
    await sqliteStore(path()).close();
  });

  it("refuses a second process at once, and no more once the first was killed", async () => {
    const other = await otherWriter();
    expect(() => sqliteStore(path())).toThrow(secondWriter());
    await other.kill();
    await sqliteStore(path()).close();
  });

  it("can be read while it is written, even in the middle of a transaction", async () => {
    const store = sqliteStore(path());
    const writer = openSqlite({ path: path(), access: "write" });
    writer.exec("BEGIN IMMEDIATE; DELETE FROM studies");
    const reader = readStore(path());
    expect(await reader.list()).toEqual([]);
    await reader.close();
    writer.close();
    await store.close();
  });

  it("leaves one whole file and the lock's, which is empty", async () => {
    await makeStore();
    expect(readdirSync(folder).sort()).toEqual(["holdout.db", "holdout.db-lock"]);
    expect(statSync(`${path()}-lock`).size).toBe(0);
  });

  it("can be read on while its writer ends", async () => {
    const store = sqliteStore(path());
    const reader = readStore(path());
    expect(await reader.list()).toEqual([]);
    await store.close();
    expect(await reader.list()).toEqual([]);
    await reader.close();
  });

  it("refuses a file that is no database, whole or not, without touching it", () => {
    const kind = `must be a store of Holdout; got a file of another kind. Name another file.`;
    for (const text of ["not a database", "not a database ".repeat(1000)]) {
      writeFileSync(path(), text);
      expect(() => sqliteStore(path())).toThrow(`Store: "${path()}" ${kind}`);
      expect(() => readStore(path())).toThrow(kind);
      expect(readFileSync(path(), "utf8")).toBe(text);
    }
  });

  it("refuses another program's database", () => {
    const other = openSqlite({ path: path(), access: "write" });
    other.exec("CREATE TABLE theirs (x)");
    other.close();
    const sentence =
      `Store: "${path()}" must be a store of Holdout; got another program's database. ` +
      "Name another file.";
    expect(() => sqliteStore(path())).toThrow(sentence);
    expect(() => readStore(path())).toThrow(sentence);
  });

  it("refuses the format of a newer Holdout", async () => {
    await makeStore();
    const newer = openSqlite({ path: path(), access: "write" });
    newer.exec("PRAGMA user_version = 2");
    newer.close();
    const sentence =
      `Store: the format of "${path()}" must be at most 1; got 2, of a newer Holdout. ` +
      "Update Holdout, or name another file.";
    expect(() => sqliteStore(path())).toThrow(sentence);
    expect(() => readStore(path())).toThrow(sentence);
  });

  it("refuses a damaged file, cut short or overwritten, and is free again", async () => {
    await makeStore();
    const whole = readFileSync(path());
    const damages: readonly ((bytes: Buffer) => Buffer)[] = [
      (bytes) => bytes.subarray(0, 20_000),
      (bytes) => bytes.fill(0xaa, 16_384),
    ];
    for (const damage of damages) {
      writeFileSync(path(), damage(Buffer.from(whole)));
      for (let attempt = 0; attempt < 2; attempt++) {
        expect(() => sqliteStore(path())).toThrow(/must be a whole SQLite file; got a damaged one/);
      }
    }
  });

  it("refuses a path that cannot be written or read", async ({ skip }) => {
    const missing = join(folder, "missing", "holdout.db");
    expect(() => sqliteStore(missing)).toThrow(`(the folder "${join(folder, "missing")}" does not`);
    expect(() => sqliteStore(folder)).toThrow("it is a folder");
    expect(() => readStore(path())).toThrow(
      `Store: "${path()}" must be there to be read; got none. "holdout compare" makes one.`,
    );
    writeFileSync(path(), "");
    expect(() => readStore(path())).toThrow("got an empty file");
    if (process.getuid?.() === 0) return skip("root may write everywhere");
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    expect(() => sqliteStore(join(closed, "holdout.db"))).toThrow("permission is missing");
  });

  it("takes any name for a file's, a remote database's too", async () => {
    for (const name of [":memory:", "a b?mode=ro#x.db", "100%.db"]) {
      const store = sqliteStore(join(folder, name));
      await store.close();
      const reader = readStore(join(folder, name));
      expect(await reader.list()).toEqual([]);
      await reader.close();
    }
  });

  it("says in a sentence that the disk is full, writes nothing of it, and goes on when it is not", () => {
    const database = openSqlite({ path: path(), access: "write" });
    database.exec("CREATE TABLE x (bytes BLOB); PRAGMA max_page_count = 4");
    const write = (bytes: number): void =>
      database.transaction(() => {
        database.run("INSERT INTO x VALUES (?)", [new Uint8Array(1)]);
        database.run("INSERT INTO x VALUES (?)", [new Uint8Array(bytes)]);
      });
    const sentence = `Store: the disk must have room for "${path()}"; got a full one.`;
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(() => write(100_000)).toThrow(sentence);
      expect(database.rows("SELECT count(*) AS n FROM x")).toEqual([{ n: 0 }]);
    }
    database.exec("PRAGMA max_page_count = 1000");
    write(100_000);
    expect(database.rows("SELECT count(*) AS n FROM x")).toEqual([{ n: 2 }]);
    database.close();
  });
});
