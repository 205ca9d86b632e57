/** @file Downloads one file from the first of several mirrors that delivers it rightly. */
import { UsageError } from "../util/index.js";
import type { Bytes, DataAccess } from "./access.js";

/** A file in the network, and how to know it. */
export interface RemoteFile {
  readonly name: string;
  /** The same file in several places, in the order in which they are tried. */
  readonly urls: readonly string[];
  /** Rejects, with the reason, if the bytes are not the file's. */
  readonly verify: (bytes: Bytes) => Promise<void>;
}

/**
 * Downloads and verifies a file. A mirror that fails is reported before the next one is tried.
 *
 * @throws UsageError naming each mirror and why it failed.
 */
export async function download(file: RemoteFile, access: DataAccess): Promise<Bytes> {
  const failures: string[] = [];
  for (const [index, url] of file.urls.entries()) {
    try {
      const bytes = await fetchBytes(file.name, url, access);
      await file.verify(bytes);
      return bytes;
    } catch (error) {
      const reason = reasonOf(error);
      failures.push(`${url}: ${reason}`);
      const next = file.urls[index + 1];
      if (next === undefined) continue;
      access.onDownload?.({ kind: "mirrorFailed", file: file.name, url, reason, next });
    }
  }
  throw new UsageError(
    `${file.name}: one of ${file.urls.length} mirrors must deliver it; none did (${failures.join("; ")}). ` +
      `Check the connection, or put the files into a folder and name it in ${access.folderSetting}.`,
  );
}

async function fetchBytes(file: string, url: string, access: DataAccess): Promise<Bytes> {
  const response = await access.fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (response.body === null) throw new Error("the server sent nothing");
  const total = expectedBytes(response);
  const chunks: Bytes[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    bytes += part.value.length;
    access.onDownload?.({ kind: "progress", file, url, bytes, total });
  }
  if (total !== undefined && bytes !== total) {
    throw new Error(`the connection ended after ${bytes} of ${total} bytes`);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function expectedBytes({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  // With a content encoding the length counts packed bytes, while we receive unpacked ones.
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}

/** The message of an error; of a failed fetch the underlying one, which says more than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
