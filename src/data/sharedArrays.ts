/** @file Arrays that worker threads can read without a copy, where the platform has shared memory. */

/** Shared memory, or plain memory in a page that is not cross-origin isolated. */
function memory(byteLength: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined"
    ? new ArrayBuffer(byteLength)
    : new SharedArrayBuffer(byteLength);
}

/** `length` zero bytes, in shared memory where there is any. */
export const sharedBytes = (length: number): Uint8Array => new Uint8Array(memory(length));

/** `length` zeros as 32-bit floats, in shared memory where there is any. */
export const sharedFloats = (length: number): Float32Array =>
  new Float32Array(memory(length * Float32Array.BYTES_PER_ELEMENT));

/** `length` zeros as 32-bit integers, in shared memory where there is any. */
export const sharedIntegers = (length: number): Int32Array =>
  new Int32Array(memory(length * Int32Array.BYTES_PER_ELEMENT));
