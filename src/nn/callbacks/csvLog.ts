/** @file A log of a training as comma-separated values, one line an epoch. */
import type { Callback, WatchedEpoch } from "./define.js";

/** Scores by column, as "validation.loss". */
function columnsOf(epoch: WatchedEpoch): readonly (readonly [string, number])[] {
  const parts = (["running", "clean", "validation"] as const).flatMap((part) =>
    Object.entries(epoch[part] ?? {}).map(([score, value]) => [`${part}.${score}`, value] as const),
  );
  const penalty = epoch.penalty === undefined ? [] : [["penalty", epoch.penalty] as const];
  return [["epoch", epoch.epoch], ...parts, ...penalty, ["seconds", epoch.seconds]];
}

/**
 * Hands one line of CSV, with its line end, to `write` after each epoch; the names of the columns before
 * the first. A number that is not known (`seconds` without a clock) is an empty field. Keras' `CSVLogger`
 * writes what it prints; here the running, clean and validation scores have columns of their own.
 *
 * @param options.header - whether to begin with the names, default true; a training that is resumed
 *   doesn't write them again
 * @example csvLog({ write: (line) => process.stdout.write(line) })
 */
export function csvLog({
  write,
  header = true,
}: {
  readonly write: (line: string) => void | Promise<void>;
  readonly header?: boolean;
}): Callback {
  return {
    name: "csvLog",
    start: () => {
      let needsHeader = header;
      return {
        onEpochEnd: async (epoch) => {
          const columns = columnsOf(epoch);
          if (needsHeader) await write(`${columns.map(([name]) => name).join(",")}\n`);
          needsHeader = false;
          const fields = columns.map(([, value]) => (Number.isNaN(value) ? "" : String(value)));
          await write(`${fields.join(",")}\n`);
        },
        memory: () => ({ values: { needsHeader }, arrays: {} }),
        restore: ({ values }) => {
          needsHeader = values.needsHeader === true;
        },
      };
    },
  };
}
