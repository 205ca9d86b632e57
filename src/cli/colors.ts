/** @file Colours for one stream: off without a terminal, with NO_COLOR and with --no-color. */
import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/**
 * @param stream - its `isTTY` is absent where there is no terminal; handed on as it is, picocolors
 *   would put its own guess in place of it.
 * @param wanted - false after --no-color.
 * @see https://no-color.org: any value of NO_COLOR but the empty one switches colours off
 */
export function colorsFor(stream: { readonly isTTY?: boolean }, wanted: boolean): Colors {
  return pc.createColors(wanted && !process.env.NO_COLOR && stream.isTTY === true);
}
