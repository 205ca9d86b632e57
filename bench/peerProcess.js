/** @file A peer: a process that lives through all rounds and does what it is told, a line at a time. */
import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Peers must not outlive the bench, however it ends. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Why a process ended: the error that it printed last, if any. */
function describeEnd(code, lines) {
  const error = lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line));
  return error ?? lines.at(-1) ?? `it ended with exit code ${code}`;
}

/** @returns `ask` sends a command and gives its answer; it throws an error that says why there is none */
export function startPeer({ file, args, env }) {
  // In a process group of its own: Ctrl-C ends the rounds, and not the peer in the middle of its turn.
  const detached = process.platform !== "win32";
  const child = spawn(file, args, { cwd: folder, env, detached, stdio: "pipe" });
  const lines = [];
  let ended;
  let waiting;
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.trim() !== "") lines.push(line.trim());
  });
  createInterface({ input: child.stdout }).on("line", (line) => waiting?.resolve(JSON.parse(line)));
  const end = (reason) => {
    ended ??= new Error(reason);
    waiting?.reject(ended);
  };
  child.on("error", (error) =>
    end(error.code === "ENOENT" ? `${file} is not there` : error.message),
  );
  child.on("close", (code) => end(describeEnd(code, lines)));
  // A peer that ended can't be written to; its end is reported above.
  child.stdin.on("error", () => undefined);
  running.add(child);
  const stop = () => {
    running.delete(child);
    child.kill("SIGKILL");
  };
  return {
    stop,
    ask: async (command) => {
      if (ended) throw ended;
      const answer = await new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify(command)}\n`);
      });
      waiting = undefined;
      if (answer.unable !== undefined) throw new Error(answer.unable);
      return answer;
    },
  };
}
