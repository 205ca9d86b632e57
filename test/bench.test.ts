/** @file The bench and the soak run in rounds as they say, on the built package and without installing peers. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

function run(script: string, options: readonly string[], env = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`bench/${script}`, ...options],
      { cwd: root, env: { ...process.env, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

interface Result {
  readonly name: string;
  readonly threads: number;
  readonly reason?: string;
  readonly turns?: number;
  readonly milliseconds?: { readonly median: number; readonly low: number; readonly high: number };
  readonly loss?: { readonly falls: boolean };
  readonly ratios?: readonly { readonly to: string; readonly ratio: number }[];
  readonly memory?: { readonly total: number };
  readonly peak?: { readonly turns: number; readonly gain?: number };
  readonly speedup?: number;
}

const quick = ["--quick", "--rounds", "2", "--threads", "1"];

describe("the bench", () => {
  it("lets Holdout train and compares it with itself", async () => {
    const { code, stdout } = await run("main.js", [
      ...quick,
      ...["--work", "small", "--peers", "webassembly", "--json"],
    ]);
    const { works } = JSON.parse(stdout) as {
      works: [{ operations: number; results: Result[] }];
    };
    const [result] = works[0].results;
    // Forward, and gradients of weights and, but for the first layer, of inputs.
    expect(works[0].operations).toBe(2 * 32 * (60 * 32 * 2 + 32 * 2 * 3));
    expect(result).toMatchObject({ threads: 1, turns: 2, loss: { falls: true } });
    const { low, median, high } = result.milliseconds!;
    expect(low).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(high);
    expect(result.ratios).toEqual([{ to: "Holdout, WebAssembly", ratio: 1 }]);
    expect(result.memory?.total).toBeGreaterThan(64_000 * 60 * 4);
    expect(code).toBe(0);
  });

  it("measures the peak of one thread, and of two at once", async () => {
    const { code, stdout } = await run("main.js", [
      ...["--quick", "--rounds", "2", "--threads", "2"],
      ...["--work", "small", "--peers", "webassembly", "--json"],
    ]);
    const { works } = JSON.parse(stdout) as { works: [{ results: Result[] }] };
    const [one, two] = works[0].results;
    expect(one).toMatchObject({ threads: 1, peak: { turns: 2, gain: 1 } });
    expect(one.speedup).toBeUndefined();
    // On a busy machine the two may never run at the same time.
    expect(two).toMatchObject({
      threads: 2,
      turns: 2,
      peak: { turns: expect.any(Number) as number },
    });
    expect(two.speedup).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it("names who is not there, with the reason", async () => {
    const { code, stdout } = await run(
      "main.js",
      [...quick, "--work", "small", "--peers", "eager", "--json"],
      { HOLDOUT_PYTHON: "no-such-python" },
    );
    const { works } = JSON.parse(stdout) as { works: [{ results: Result[] }] };
    expect(works[0].results).toMatchObject([
      { name: "PyTorch, eager", reason: "no-such-python is not there" },
    ]);
    expect(code).toBe(0);
  });

  it.each([
    [["--work", "mpl"], /^Bench: --work must be of mlp, .*; got "mpl"\.$/m],
    [["--rounds", "0"], /^Bench: --rounds must be a whole number of at least 1; got 0\.$/m],
    [["--peer", "x"], /^Bench: Unknown option '--peer'.* See --help\.$/m],
  ])("refuses %j", async (options, sentence) => {
    const { code, stderr } = await run("main.js", options);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  });
});

describe("the soak", () => {
  it("reports each tenth, and what grew", async () => {
    const { stdout } = await run("soak.js", ["--steps", "500"]);
    expect(stdout.match(/^ +[\d,]+ steps .* MiB resident/gm)).toHaveLength(10);
    expect(stdout).toMatch(/^Resident memory grew by .* \(at most 32\)/m);
  });

  it("refuses a number of steps that has no tenths of whole epochs", async () => {
    const { code, stderr } = await run("soak.js", ["--steps", "700"]);
    expect(stderr).toMatch(/^Soak: .* --steps a multiple of 500; got mid and 700\.$/m);
    expect(code).toBe(2);
  });
});
