/** @file Sweeps: an arm with a range in it, "l2=1e-6..1e-1:7", stands for one arm a value. */
import { logSpace, mean, oneStandardErrorRule, standardDeviation } from "../stats/index.js";
import { findTechnique } from "../techniques/index.js";
import { checkParameter, integer, shortNumber, UsageError, type Parameter } from "../util/index.js";
import { isFinished } from "./metrics.js";
import type { Sweep } from "./plan.js";
import type { ArmResult, SweepResult } from "./results.js";

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const RANGE = new RegExp(`(${NUMBER})\\.\\.(${NUMBER}):([^+,)]*)`, "i");
/** What stands before the range: "l2=", or "elasticNet(l1=1e-5,l2=". */
const OWNER = /(?:^|\+)\s*([^=()+]*?)\s*(?:=\s*|\((?:[^()]*,)?\s*([^=(),]+?)\s*=\s*)$/;

const COUNT = integer({
  min: 2,
  max: 1000,
  default: 7,
  advice: "Write first..last:count, such as 1e-6..1e-1:7.",
});
/** From this ratio of the range worth searching on, a parameter's steps are equal factors. */
const WIDE = 100;

/** Whether steps of a parameter are equal factors or equal differences: as its search range tells. */
function scaleOf(parameter: Parameter): Sweep["scale"] {
  if (parameter.kind === "choice" || parameter.search === undefined) return "linear";
  const [low, high] = parameter.search;
  return low > 0 && high / low >= WIDE ? "log" : "linear";
}

function linearSpace(first: number, last: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) =>
    // 0.1 * 3 is 0.30000000000000004: a name must not show that.
    Number((first + ((last - first) * i) / (count - 1)).toPrecision(12)),
  );
}

/** Three digits are enough between ends that are factors apart, and make names that can be read. */
function shortened(values: readonly number[]): readonly number[] {
  const short = values.map((value) => Number(value.toPrecision(3)));
  const exactEnds = [values[0], ...short.slice(1, -1), values[values.length - 1]];
  return new Set(exactEnds).size === values.length ? exactEnds : values;
}

function ownerOf(before: string, text: string): { technique: string; parameter: string } {
  const owner = OWNER.exec(before);
  const technique = owner && findTechnique(owner[1]);
  const name = owner?.[2] ?? Object.keys(technique?.params ?? {}).at(0);
  if (technique && name !== undefined && Object.hasOwn(technique.params, name)) {
    return { technique: technique.id, parameter: name };
  }
  throw new UsageError(
    `Sweep: a range must be the value of a technique's parameter; got "${text}". ` +
      "Write l2=1e-6..1e-1:7 or elasticNet(l1=1e-6..1e-2:5).",
  );
}

function valuesOf(sweep: Pick<Sweep, "scale" | "technique">, ends: [number, number, string]) {
  const [first, last, text] = ends;
  // The text itself where it is no number, so that the sentence shows what was written.
  const given = text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
  const count = checkParameter("Sweep", "count", COUNT, given);
  if (first === last) {
    throw new UsageError(`Sweep: the ends of a range must differ; got ${first} twice.`);
  }
  if (sweep.scale === "linear") return linearSpace(first, last, count);
  if (first > 0 && last > 0) return shortened(logSpace(first, last, { count }));
  throw new UsageError(
    `Sweep: ${sweep.technique} is swept by equal factors, so both ends must be greater than 0; ` +
      `got ${first} and ${last}. Start above 0, and name "none" as an arm of its own.`,
  );
}

/** The sweep that the text describes; undefined if there is no range in it. */
function readSweep(text: string): Sweep | undefined {
  const range = RANGE.exec(text);
  if (range === null) return undefined;
  const before = text.slice(0, range.index);
  const after = text.slice(range.index + range[0].length);
  if (RANGE.test(after)) {
    throw new UsageError(
      `Sweep: an arm must have at most one range; got "${text}". Write one sweep for each value of the other.`,
    );
  }
  const owner = ownerOf(before, text);
  const scale = scaleOf(findTechnique(owner.technique).params[owner.parameter]);
  const ends: [number, number, string] = [Number(range[1]), Number(range[2]), range[3]];
  const points = valuesOf({ ...owner, scale }, ends).map((value) => ({
    arm: `${before}${shortNumber(value)}${after}`.trim(),
    value,
  }));
  return { name: text.trim(), ...owner, scale, points };
}

/**
 * Puts one arm a value in the place of each arm with a range, `first..last:count`. Parameters whose range
 * worth searching spans a factor of 100 or more, such as penalties, are swept by equal factors, the
 * others, such as rates, by equal differences; both ends are included.
 *
 * @throws UsageError if a range is not a parameter's value, has fewer than two values or two equal ends
 * @example
 * expandSweeps(["none", "dropout=0..0.5:3"]).arms; // ["none", "dropout=0", "dropout=0.25", "dropout=0.5"]
 */
export function expandSweeps(texts: readonly string[]): {
  readonly arms: readonly string[];
  readonly sweeps: readonly Sweep[];
} {
  const read = texts.map((text) => ({ text, sweep: readSweep(text) }));
  return {
    arms: read.flatMap(({ text, sweep }) => sweep?.points.map(({ arm }) => arm) ?? [text]),
    sweeps: read.flatMap(({ sweep }) => sweep ?? []),
  };
}

/** How strongly each value regularizes: its distance from the value that is off; undefined without one. */
function strengthsOf({ technique, parameter, points }: Sweep): readonly number[] | undefined {
  const declared = findTechnique(technique).params[parameter];
  const off = declared.kind === "choice" ? undefined : declared.off;
  return off === undefined ? undefined : points.map(({ value }) => Math.abs(value - off));
}

/** The choices among one sweep's arms of one size, by validation loss alone. */
function chooseAmong(sweep: Sweep, arms: readonly ArmResult[]): Omit<SweepResult, keyof Sweep> {
  const losses = sweep.points.map(({ arm }) =>
    (arms.find((one) => one.arm === arm)?.trials ?? [])
      .filter(isFinished)
      .map(({ final }) => final?.validation.loss ?? NaN),
  );
  const strengths = strengthsOf(sweep);
  const points = losses.map((values, i) => ({
    strength: strengths?.[i] ?? i,
    mean: mean(values),
    standardError: standardDeviation(values) / Math.sqrt(values.length),
  }));
  const trainRows = arms[0].trainRows;
  const known = points.every((point) => Number.isFinite(point.mean + point.standardError));
  if (!known) return { trainRows, best: null, oneStandardError: null };
  const { best, oneStandardError } = oneStandardErrorRule(points);
  return { trainRows, best, oneStandardError: strengths ? oneStandardError : null };
}

/** What each sweep chose, for each number of training rows. */
export function chooseStrengths(
  sweeps: readonly Sweep[],
  arms: readonly ArmResult[],
): readonly SweepResult[] {
  const sizes = [...new Set(arms.map(({ trainRows }) => trainRows))];
  return sweeps.flatMap((sweep) =>
    sizes.map((size) => ({
      ...sweep,
      ...chooseAmong(
        sweep,
        arms.filter(({ trainRows }) => trainRows === size),
      ),
    })),
  );
}
