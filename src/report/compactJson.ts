/** @file JSON for people: indented, but with whatever holds no further container on one line. */

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** The value as JSON text; undefined, which JSON cannot hold, is "null". */
export function compactJson(value: unknown, indent = ""): string {
  if (!isContainer(value)) return JSON.stringify(value) ?? "null";
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inner = `${indent}  `;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const parts = entries.map(([key, part]) => {
    const text = compactJson(part, inner);
    return Array.isArray(value) ? text : `${JSON.stringify(key)}: ${text}`;
  });
  if (parts.length === 0) return open + close;
  if (!entries.some(([, part]) => isContainer(part))) {
    return Array.isArray(value) ? `[${parts.join(", ")}]` : `{ ${parts.join(", ")} }`;
  }
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
