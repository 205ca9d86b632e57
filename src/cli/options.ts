/** @file Reads option values; ranges are checked where the values are used. */
import { splitArms } from "../techniques/index.js";
import { UsageError } from "../util/index.js";

/** @throws UsageError if the text is not a number. */
export function readNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && !Number.isNaN(value)) return value;
    throw new UsageError(`${flag}: the value must be a number; got "${text}".`);
  };
}

/** @throws UsageError if the value is missing and the next option stands in its place. */
export function readText(flag: string): (text: string) => string {
  return (text) => {
    if (text !== "" && !text.startsWith("--")) return text;
    throw new UsageError(`${flag}: there must be a value; got "${text}".`);
  };
}

/** Numbers between commas. */
export const readNumbers =
  (flag: string) =>
  (text: string): readonly number[] =>
    readText(flag)(text).split(",").map(readNumber(flag));

/** "0.1%" as the share 0.001. */
export const readPercent =
  (flag: string) =>
  (text: string): number => {
    const number = /^(.*\S)\s*%$/.exec(text)?.[1];
    const value = Number(number);
    if (number !== undefined && !Number.isNaN(value)) return value / 100;
    throw new UsageError(
      `${flag}: the value must be a percentage of accuracy, such as 0.1%; got "${text}".`,
    );
  };

/** Arms between commas; those in parentheses separate an arm's parameters. */
export const readArms =
  (flag: string) =>
  (text: string): readonly string[] =>
    splitArms(readText(flag)(text));
