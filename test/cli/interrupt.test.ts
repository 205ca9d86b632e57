/** @file Ctrl-C: it ends at once, says what is finished, keeps that, and leaves no half-written file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { StudyResult } from "../../src/study/index.js";
import { inFolder, SLOW, start } from "./holdout.js";

vi.setConfig({ testTimeout: SLOW });

/** A study that would go on for hours. */
const LONG = ["compare", "--no-store", "--train-size", "200", "--seeds", "1000", "--workers", "1"];
const FILES = ["--json", "out.json", "--report", "report.html"];

describe("holdout compare, interrupted", () => {
  it("before a trial is finished, writes nothing", async () => {
    await inFolder(async (folder) => {
      const words = [...LONG, "--epochs", "100000", ...FILES];
      const { child, says, ended } = start(words, { cwd: folder });
      await says("started  none, seed 1");
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(130);
      expect(stdout).toBe("");
      expect(stderr).toContain("Interrupted before a trial was finished; nothing was written.\n");
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it("later, writes what is finished and marks it as interrupted", async () => {
    await inFolder(async (folder) => {
      const words = [...LONG, "--epochs", "1", ...FILES];
      const { child, says, ended } = start(words, { cwd: folder });
      await says("finished none, seed 1");
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(130);
      expect(stdout).toContain("interrupted");
      expect(stderr).toMatch(
        /Interrupted: \d+ trials? finished \(none: seed 1.*\); written, marked as interrupted: out.json, report.html.\n$/,
      );
      expect(readdirSync(folder).sort()).toEqual(["out.json", "report.html"]);
      const result = JSON.parse(readFileSync(join(folder, "out.json"), "utf8")) as StudyResult;
      expect(result.interrupted).toBe(true);
      expect(result.arms[0].trials[0]).toMatchObject({ seed: 1, epochs: [{ epoch: 1 }] });
    });
  });

  it("by SIGTERM, ends in the same way with its own exit code", async () => {
    const { child, says, ended } = start([...LONG, "--epochs", "100000"]);
    await says("started  none, seed 1");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(143);
  });
});

describe("holdout compare, read by a program that stops reading", () => {
  it("ends without a word of its own", async () => {
    const { child, ended } = start(["compare", "--help"]);
    child.stdout?.destroy();
    expect((await ended).stderr).toBe("");
  });
});
