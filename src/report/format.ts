/** @file Numbers and lists as the report prints them. */
import { shortNumber } from "../util/index.js";

/** Stands where there is no number. */
export const NO_NUMBER = "–";

function fixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : NO_NUMBER;
}

/** A share in percent with two decimals, without the sign: 0.98219 -> "98.22". */
export const percent = (share: number): string => fixed(share * 100, 2);

/** A loss with four decimals, fewer as it grows: "0.0978", "12.346", "1234.6". */
export function lossText(loss: number): string {
  const digits = Math.floor(Math.log10(Math.max(1, Math.abs(loss))));
  return fixed(loss, Math.max(0, 4 - digits));
}

/** "0.031", "0.0004", "< 0.0001": three decimals, four where those would be none. */
export function pValueText(p: number): string {
  if (!Number.isFinite(p)) return NO_NUMBER;
  if (p < 0.0001) return "< 0.0001";
  return p.toFixed(p < 0.001 ? 4 : 3);
}

/** Three significant digits, without an exponent where that is readable: "0.0123", "1.54", "-12.3". */
export const plainNumber = (value: number): string =>
  Number.isFinite(value) ? shortNumber(Number(value.toPrecision(3))) : NO_NUMBER;

/** "0.8 s", "42 s", "3 min 05 s", "2 h 04 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_NUMBER;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const padded = (value: number): string => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
}

/** 54000 -> "54,000". */
export const count = (value: number): string => value.toLocaleString("en-US");

/** "1 seed", "8 seeds". */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
