/** @file The questions of `holdout init`, answered by keys on a terminal that is a stream. */
import { PassThrough, Writable } from "node:stream";
import { expect, it } from "vitest";
import { formatRecipe, parseRecipe } from "../recipes/index.js";
import { dense } from "../nn/index.js";
import { askRecipe } from "./initQuestions.js";

const [ENTER, DOWN, CTRL_C, BACKSPACE] = ["\r", "\u001b[B", "\u0003", "\u007f"];

/** Answers each question in turn, as soon as it stands on the screen. */
async function answer(answers: readonly (readonly [question: string, keys: readonly string[]])[]) {
  const input = new PassThrough();
  let screen = "";
  const left = [...answers];
  const output = new Writable({
    write: (chunk: Buffer, _, done) => {
      screen += chunk.toString();
      const [next] = left;
      if (next !== undefined && screen.includes(next[0])) {
        left.shift();
        screen = "";
        // After the prompt has begun to listen.
        setImmediate(() => next[1].forEach((key) => input.write(key)));
      }
      done();
    },
  });
  const file = await askRecipe({ input, output: Object.assign(output, { columns: 80, rows: 40 }) });
  return { file, left };
}

const QUESTIONS = [
  "Which data set?",
  "What is done to features?",
  "Units of each hidden layer",
  "Which optimizer?",
  "How many epochs?",
  "Rows of one update?",
  "What is compared",
  "Seeds of each arm?",
] as const;

it("takes the reference network on digits from Enter alone", async () => {
  const { file, left } = await answer(QUESTIONS.map((question) => [question, [ENTER]] as const));
  expect(left).toEqual([]);
  expect(file).toMatchObject({ arms: ["none", "dropout=0.5"], seeds: 5 });
  expect(file?.recipe.data).toEqual({ name: "digits" });
  expect(file?.recipe.model.layers.map(({ units }) => units)).toEqual([512, 256, 10]);
  expect(file && parseRecipe(formatRecipe(file))).toEqual(file);
});

it("takes other answers, and asks again for what cannot be", async () => {
  const clear = Array<string>(10).fill(BACKSPACE);
  const { file } = await answer([
    ["Which data set?", [DOWN, ENTER]],
    ["What is done to features?", [DOWN, ENTER]],
    ["Units of each hidden layer", [...clear, "0", ENTER]],
    ["units must be a whole number of at least 1; got 0.", [BACKSPACE, "7", ENTER]],
    ["Which optimizer?", [DOWN, ENTER]],
    ["How many epochs?", [BACKSPACE, BACKSPACE, "3", ENTER]],
    ["Rows of one update?", [ENTER]],
    ["What is compared", [" ", ENTER]],
    ["Seeds of each arm?", [BACKSPACE, "4", ENTER]],
  ]);
  expect(file?.recipe).toMatchObject({
    data: { name: "mnist" },
    preprocessing: "standardize",
    model: { layers: [dense({ units: 7, activation: "relu" }), { units: 10 }] },
    training: { optimizer: { kind: "adamW" }, epochs: 3 },
  });
  expect(file).toMatchObject({ arms: ["none", "dropout=0.5", "l1=0.0001"], seeds: 4 });
});

it("gives nothing after Ctrl-C", async () => {
  const { file } = await answer([
    ["Which data set?", [ENTER]],
    ["What is done to features?", [CTRL_C]],
  ]);
  expect(file).toBeUndefined();
});
