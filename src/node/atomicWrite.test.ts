import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWritable, writeAtomically } from "./atomicWrite.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdout-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("checkWritable", () => {
  it("leaves nothing behind where a file can be written", () => {
    checkWritable("--report", join(folder, "report.html"));
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps the content of a file that is already there", () => {
    writeFileSync(join(folder, "out.json"), "old");
    checkWritable("--json", join(folder, "out.json"));
    expect(readFileSync(join(folder, "out.json"), "utf8")).toBe("old");
  });

  it("names a missing folder", () => {
    const path = join(folder, "missing", "report.html");
    expect(() => checkWritable("--report", path)).toThrow(
      `--report: the path must be a file that can be written; got "${path}" ` +
        `(the folder "${join(folder, "missing")}" does not exist). Choose another path.`,
    );
  });

  it("refuses a folder, a file used as a folder and a device", () => {
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "file"), "");
    expect(() => checkWritable("--json", join(folder, "sub"))).toThrow("it is a folder");
    expect(() => checkWritable("--json", join(folder, "file", "x"))).toThrow("is not a folder");
    expect(() => checkWritable("--json", "/dev/null")).toThrow("it is not a regular file");
  });
});

describe("writeAtomically", () => {
  it("replaces the content and leaves no temporary file", () => {
    writeFileSync(join(folder, "out.json"), "old");
    writeAtomically("--json", join(folder, "out.json"), "new");
    expect(readFileSync(join(folder, "out.json"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["out.json"]);
  });

  it("leaves neither a half file nor a temporary one when the target cannot be replaced", () => {
    mkdirSync(join(folder, "out.json"));
    expect(() => writeAtomically("--json", join(folder, "out.json"), "new")).toThrow("--json:");
    expect(readdirSync(folder)).toEqual(["out.json"]);
  });
});
