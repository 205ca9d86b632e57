/** @file The entry of an engine's worker thread. */
import { parentPort } from "node:worker_threads";
import { serveThread } from "../runtime/index.js";
import { InternalError } from "../util/index.js";
import { openLibrary } from "./blas.js";

const port = parentPort;
if (port === null) throw new InternalError("threadMain must be started as a worker thread");
serveThread(
  {
    send: (message) => port.postMessage(message),
    listen: (onMessage) => void port.on("message", onMessage),
  },
  openLibrary,
);
