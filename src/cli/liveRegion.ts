/** @file A few lines at the bottom of a terminal that are drawn over, and lines that scroll above. */

export interface LiveRegion {
  /** Replaces the live lines. */
  draw(lines: readonly string[]): void;
  /** Writes lines that stay, above the live ones, which return with the next draw. */
  print(lines: readonly string[]): void;
  /** Removes the live lines. */
  clear(): void;
}

/** Lines must not be wider than the terminal: a wrapped one takes two rows and is not erased. */
export function liveRegion(write: (text: string) => void): LiveRegion {
  let drawn = 0;
  // The return comes first: a typed character, such as the ^C of Ctrl-C, has moved the cursor.
  const erase = (): string => (drawn === 0 ? "" : `\r\x1b[${drawn}A\x1b[J`);
  const put = (lines: readonly string[], live: number): void => {
    const text = erase() + lines.map((line) => `${line}\n`).join("");
    drawn = live;
    if (text !== "") write(text);
  };
  return {
    draw: (lines) => put(lines, lines.length),
    print: (lines) => put(lines, 0),
    clear: () => put([], 0),
  };
}
