import { describe, expect, it } from "vitest";
import { liveRegion } from "./liveRegion.js";

/** What a terminal shows after the text: it knows line feed, return, cursor up and erase below. */
function screen(text: string): string[] {
  const rows = [""];
  let [row, column] = [0, 0];
  // eslint-disable-next-line no-control-regex -- escape codes are what is tested
  for (const [part, up] of text.matchAll(/\x1b\[(\d+)A|\x1b\[J|[^\x1b]/g)) {
    if (up !== undefined) row -= Number(up);
    else if (part === "\x1b[J") rows.splice(row, Infinity, rows[row].slice(0, column));
    else if (part === "\r") column = 0;
    else if (part === "\n") {
      column = 0;
      rows[++row] ??= "";
    } else rows[row] = rows[row].slice(0, column++) + part;
  }
  return rows.slice(0, -1);
}

type Write = (text: string) => void;

function show(act: (region: ReturnType<typeof liveRegion>, type: Write) => void): string[] {
  let text = "";
  const write: Write = (part) => (text += part);
  act(liveRegion(write), write);
  return screen(text);
}

describe("liveRegion", () => {
  it("draws over its own lines, whether they become more or fewer", () => {
    const lines = show((region) => {
      region.draw(["a", "b"]);
      region.draw(["c", "d", "e"]);
      region.draw(["f"]);
    });
    expect(lines).toEqual(["f"]);
  });

  it("keeps printed lines above the live ones", () => {
    const lines = show((region) => {
      region.draw(["live 1", "live 2"]);
      region.print(["finished"]);
      region.draw(["live 3"]);
    });
    expect(lines).toEqual(["finished", "live 3"]);
  });

  it("erases whole lines after a key was typed", () => {
    const lines = show((region, type) => {
      region.draw(["live"]);
      type("^C");
      region.print(["finished"]);
    });
    expect(lines).toEqual(["finished"]);
  });

  it("leaves printed lines alone when cleared, twice as well as once", () => {
    const lines = show((region) => {
      region.print(["finished"]);
      region.draw(["live"]);
      region.clear();
      region.clear();
    });
    expect(lines).toEqual(["finished"]);
  });
});
