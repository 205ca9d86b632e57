/**
 * @file Python's own safetensors reads what Holdout writes, and the reverse. Runs where HOLDOUT_PYTHON, or
 * python3, has the packages safetensors and numpy.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { dense, sequential } from "../../src/nn/index.js";
import { readWeights, writeWeights } from "../../src/node/index.js";

const python = process.env.HOLDOUT_PYTHON ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "holdout-python-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, ...options: string[]): string =>
  execFileSync(python, ["-c", script, ...options], { encoding: "utf8", stdio: "pipe" });

function hasPackages(): boolean {
  try {
    run("import numpy, safetensors.numpy");
    return true;
  } catch {
    return false;
  }
}

const isThere = hasPackages();
beforeEach(({ skip }) => skip(!isThere, `${python} has no safetensors and numpy`));

const model = sequential([dense({ units: 3 }), dense({ units: 2 })]);
model.build({ inputShape: [4], seed: 1 });
const weights = model.weights();

const READ = `
import json, sys
from safetensors.numpy import load_file
tensors = load_file(sys.argv[1])
print(json.dumps({name: [list(t.shape), t.ravel().tolist(), str(t.dtype)] for name, t in tensors.items()}))
`;
const WRITE = `
import json, sys, numpy
from safetensors.numpy import save_file
tensors = {name: numpy.array(values, dtype="float32").reshape(shape)
           for name, (shape, values) in json.loads(sys.argv[2]).items()}
save_file(tensors, sys.argv[1], metadata={"by": "python"})
`;

describe("safetensors and Python", () => {
  it("reads there what is written here", () => {
    const path = join(folder, "here.safetensors");
    writeWeights(path, weights);
    const read = JSON.parse(run(READ, path)) as Record<string, unknown>;
    const expected = weights.map(({ name, shape, values }) => [
      name,
      [shape, [...values], "float32"],
    ]);
    expect(read).toEqual(Object.fromEntries(expected));
  });

  it("reads here what is written there", () => {
    const path = join(folder, "there.safetensors");
    const given = weights.map(({ name, shape, values }) => [name, [shape, [...values]]]);
    run(WRITE, path, JSON.stringify(Object.fromEntries(given)));
    const sorted = [...weights].sort((a, b) => a.name.localeCompare(b.name));
    const read = [...readWeights(path)].sort((a, b) => a.name.localeCompare(b.name));
    expect(read).toEqual(sorted);
  });
});
