/** @file How arms look: a colour that survives colour blindness, and a dash for who sees none. */

/** How to draw an arm. */
export interface ArmStyle {
  /** A CSS variable, so that light, dark and print each choose their own shade. */
  readonly color: string;
  /** SVG's stroke-dasharray. */
  readonly dash: string;
}

/** Grey for the first arm, the baseline; then the palette of Okabe and Ito, 2008, darkened. */
export const ARM_COLORS: readonly { readonly light: string; readonly dark: string }[] = [
  { light: "#5a6270", dark: "#a9b1bd" },
  { light: "#0068a8", dark: "#5db7ee" },
  { light: "#c24e00", dark: "#ff9d5c" },
  { light: "#00805d", dark: "#43cfa4" },
  { light: "#a04585", dark: "#e6a0cd" },
  { light: "#8f6400", dark: "#e5bb50" },
];

const DASHES = ["none", "7 3", "2 3", "8 3 2 3", "12 4", "4 2"];

/** The style of the arm at that position; after the last colour they come again, dashed anew. */
export function armStyle(index: number): ArmStyle {
  const others = ARM_COLORS.length - 1;
  const round = Math.floor((index - 1) / others);
  const color = index === 0 ? 0 : 1 + ((index - 1) % others);
  return {
    color: `var(--arm-${color})`,
    dash: index === 0 ? DASHES[0] : DASHES[(color + round) % DASHES.length],
  };
}
