/** @file SHA-256 by the platform's own cryptography, of bytes and of whole data sets. */
import type { DatasetFields } from "./fields.js";

/** SHA-256 as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // The platform refuses shared memory, which another thread could change meanwhile: hash a copy.
  const owned =
    bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", owned));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const bytesOf = (array: Uint8Array | Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/**
 * One hash for everything of the data sets that a training can see: equal hashes, equal data.
 *
 * SHA-256 of one line of text per data set: feature shape, bytes of a feature, scale, classes (or "targets"
 * and their shape), then the SHA-256 of the features, of the labels or targets, and of the sample weights if
 * there are any, as they lie in memory (little-endian). Names do not count.
 *
 * @returns 64 lower-case hexadecimal digits.
 */
export async function hashDataset(...parts: readonly DatasetFields[]): Promise<string> {
  const lines = parts.map(async (part) => {
    const { features, featureShape, scale, sampleWeights } = part;
    const [kind, truth] =
      "labels" in part
        ? [`${part.classes}`, part.labels]
        : [`targets ${part.targetShape.join("x")}`, part.targets];
    const head = `${featureShape.join("x")} ${features.BYTES_PER_ELEMENT} ${scale} ${kind}`;
    const arrays = [features, truth, ...(sampleWeights ? [sampleWeights] : [])];
    const hashes = await Promise.all(arrays.map((array) => sha256(bytesOf(array))));
    return `${[head, ...hashes].join(" ")}\n`;
  });
  return sha256(new TextEncoder().encode((await Promise.all(lines)).join("")));
}
