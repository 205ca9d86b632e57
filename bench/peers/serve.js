/**
 * @file The protocol of a peer: one JSON object a line comes in, one goes out.
 *
 * `prepare` { work, data, form, threads } -> { ready, versions } or { unable }
 * `run` { steps } -> { seconds, steps, loss }: trains on, and says the mean loss of these steps
 * `train` { seed } -> { loss }: a training of a study, from new weights
 *
 * Reading blocks the process: the peer that waits takes nothing from the one that works.
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { readFileSync, readSync, writeSync } from "node:fs";

// Libraries greet on standard output, which is the protocol's.
console.log = console.error;

const chunk = Buffer.alloc(65536);
const PAUSE_MILLISECONDS = 10;
const never = new Int32Array(new SharedArrayBuffer(4));
let pending = "";

/** Bytes read; waits for them without the event loop, which is blocked while a training goes on. */
function readChunk() {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      // Node gives its children pipes that do not block.
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(never, 0, 0, PAUSE_MILLISECONDS);
    }
  }
}

/** The next command; ends the process when there are no more. */
export function receive() {
  for (;;) {
    const end = pending.indexOf("\n");
    if (end >= 0) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 1);
      return JSON.parse(line);
    }
    const length = readChunk();
    if (length === 0) process.exit(0);
    pending += chunk.toString("utf8", 0, length);
  }
}

export function send(answer) {
  writeSync(1, `${JSON.stringify(answer)}\n`);
}

/** The sentence of an error, without its stack. */
export const reasonOf = (error) => String(error?.message ?? error).split("\n")[0];

/**
 * Serves until the end of input.
 *
 * @param prepare - gives `{ versions, run, train }`; what it throws becomes the reason why the peer is
 *   unable
 */
export async function serve(prepare) {
  let peer;
  for (;;) {
    const command = receive();
    try {
      if (command.kind === "prepare") {
        peer = await prepare(command);
        send({ ready: true, versions: peer.versions });
      } else send(await peer[command.kind](command));
    } catch (error) {
      send({ unable: reasonOf(error) });
    }
  }
}

/** Not every package exports its package.json. */
export function installedVersion(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}

const aligned = (file) => {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return buffer.slice(byteOffset, byteOffset + byteLength);
};

/** Stored features and labels. */
export function readRows({ features, labels, dtype }) {
  const bytes = aligned(features);
  return {
    features: dtype === "uint8" ? new Uint8Array(bytes) : new Float32Array(bytes),
    labels: new Int32Array(aligned(labels)),
  };
}

/** Features as the network gets them, in float32: converting each batch anew would be slower. */
export function readScaledRows(data) {
  const { features, labels } = readRows(data);
  return { features: Float32Array.from(features, (value) => value * data.scale), labels };
}

/** Row numbers of one batch after the other, in a new order each epoch. */
export function batches(rows, batchSize) {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  let position = rows;
  return () => {
    if (position + batchSize > rows) {
      for (let i = rows - 1; i > 0; i--) {
        const other = Math.floor(Math.random() * (i + 1));
        [order[i], order[other]] = [order[other], order[i]];
      }
      position = 0;
    }
    position += batchSize;
    return order.slice(position - batchSize, position);
  };
}

/** Glorot uniform (Glorot and Bengio, 2010), as Holdout and Keras start. */
export function glorotUniform(length, fanIn, fanOut) {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length }, () => (2 * Math.random() - 1) * limit);
}
