/** @file Numbers as short text. */

/** The shorter of "0.000001" and "1e-6", the plain form of equals; both read back as the same number. */
export function shortNumber(value: number): string {
  const [plain, power] = [String(value), value.toExponential().replace("e+", "e")];
  return power.length < plain.length ? power : plain;
}
