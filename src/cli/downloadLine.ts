/** @file One line about a download. */
import type { DownloadEvent } from "../data/index.js";
import { formatBar } from "./format.js";

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** "train-images-idx3-ubyte.gz  ████████░░░░  6.1 of 9.9 MB"; without a size, no bar. */
export function downloadLine({ file, bytes, total }: DownloadEvent & { kind: "progress" }): string {
  if (total === undefined) return `${file}  ${megabytes(bytes)} MB`;
  return `${file}  ${formatBar(bytes / total, 20)}  ${megabytes(bytes)} of ${megabytes(total)} MB`;
}
