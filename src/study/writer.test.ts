import { expect, it } from "vitest";
import { createWriter } from "./writer.js";

it("writes in order, keeps what could not be written, and tries it again before the next", async () => {
  const troubles: unknown[] = [];
  const writer = createWriter((error) => troubles.push(error));
  const written: string[] = [];
  let full = true;
  const put = (name: string) => async (): Promise<void> => {
    await Promise.resolve();
    if (full) throw new Error(`full at ${name}`);
    written.push(name);
  };
  await writer.write(put("a"));
  await writer.write(put("b"));
  expect(writer.waiting()).toBe(2);
  expect(troubles.map(String)).toEqual(["Error: full at a", "Error: full at a"]);
  full = false;
  await Promise.all([writer.write(put("c")), writer.write(put("d"))]);
  expect(written).toEqual(["a", "b", "c", "d"]);
  expect(writer.waiting()).toBe(0);
});
