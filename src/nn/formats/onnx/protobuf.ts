/** @file The wire format of protocol buffers, as far as ONNX files need it: messages of numbered fields. */

/** An encoded field or message. */
export type Bytes = Uint8Array<ArrayBuffer>;

const WIRE = { varint: 0, bytes: 2, float: 5 } as const;

function varint(value: number | bigint): number[] {
  // Negative numbers are written as 64 bits in two's complement.
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return bytes;
}

const tag = (field: number, wire: number): number[] => varint((field << 3) | wire);

/** The bytes of several, one after the other. */
export function concatenate(parts: readonly Bytes[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** A whole number. */
export const integerField = (field: number, value: number): Bytes =>
  Uint8Array.from([...tag(field, WIRE.varint), ...varint(value)]);

/** Several whole numbers. */
export const integersField = (field: number, values: readonly number[]): Bytes =>
  concatenate(values.map((value) => integerField(field, value)));

/** A float32. */
export function floatField(field: number, value: number): Bytes {
  const bytes = new Uint8Array(Float32Array.of(value).buffer);
  return Uint8Array.from([...tag(field, WIRE.float), ...bytes]);
}

/** Bytes, or a message within a message. */
export const bytesField = (field: number, value: Uint8Array): Bytes =>
  concatenate([
    Uint8Array.from([...tag(field, WIRE.bytes), ...varint(value.length)]),
    Uint8Array.from(value),
  ]);

/** Text. */
export const textField = (field: number, value: string): Bytes =>
  bytesField(field, new TextEncoder().encode(value));
