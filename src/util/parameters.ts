/** @file Declared parameter ranges: one declaration gives the check, its sentence, the default and the search range. */
import { describeValue, UsageError, unknownName } from "./errors.js";

/** A real-valued parameter and the interval it lives in. Ends are closed unless declared open. */
export interface RealParameter {
  readonly kind: "real";
  readonly min: number;
  readonly max: number;
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
  readonly default: number;
  /** The value at which the thing does nothing at all: results equal the baseline bit for bit. */
  readonly off?: number;
  /** What to do instead, as one sentence that ends the error message. */
  readonly advice?: string;
  /** The range worth searching, for sweeps and sliders. */
  readonly search?: readonly [number, number];
}

export interface IntegerParameter {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly off?: number;
  readonly advice?: string;
  readonly search?: readonly [number, number];
}

export interface ChoiceParameter<Choice extends string = string> {
  readonly kind: "choice";
  readonly choices: readonly Choice[];
  readonly default: Choice;
}

export type Parameter = RealParameter | IntegerParameter | ChoiceParameter;
export type Parameters = Readonly<Record<string, Parameter>>;
/** The plain values that a set of declared parameters describes. */
export type ParameterValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends ChoiceParameter<infer C> ? C : number;
};

type Options<T, K extends keyof T> = Omit<T, "kind" | K> & Partial<Pick<T, K>>;

/** Declares a real parameter; `min` and `max` default to minus and plus infinity, ends to closed. */
export function real(
  options: Options<RealParameter, "min" | "max" | "minOpen" | "maxOpen">,
): RealParameter {
  return {
    kind: "real",
    min: -Infinity,
    max: Infinity,
    minOpen: false,
    maxOpen: false,
    ...options,
  };
}

/** Declares a whole-number parameter; `max` defaults to 2^31 - 1. */
export function integer(options: Options<IntegerParameter, "max">): IntegerParameter {
  return { kind: "integer", max: 2 ** 31 - 1, ...options };
}

/** Declares a parameter that is one of a few names. */
export function choice<const C extends string>(options: {
  choices: readonly C[];
  default: NoInfer<C>;
}): ChoiceParameter<C> {
  return { kind: "choice", ...options };
}

/** The values that a parameter may have, in words: "a number in [0, 1)", "proximal or subgradient". */
export function describeRange(parameter: Parameter): string {
  if (parameter.kind === "choice") return parameter.choices.join(" or ");
  const noun = parameter.kind === "integer" ? "a whole number" : "a number";
  const open = {
    min: "minOpen" in parameter && parameter.minOpen,
    max: "maxOpen" in parameter && parameter.maxOpen,
  };
  if (
    parameter.max === Infinity ||
    (parameter.kind === "integer" && parameter.max === 2 ** 31 - 1)
  ) {
    if (parameter.min === -Infinity) return noun;
    return open.min
      ? `${noun} greater than ${parameter.min}`
      : `${noun} of at least ${parameter.min}`;
  }
  if (parameter.min === -Infinity) {
    return open.max ? `${noun} less than ${parameter.max}` : `${noun} of at most ${parameter.max}`;
  }
  return `${noun} in ${open.min ? "(" : "["}${parameter.min}, ${parameter.max}${open.max ? ")" : "]"}`;
}

function inside(parameter: RealParameter | IntegerParameter, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (parameter.kind === "integer") {
    return Number.isInteger(value) && value >= parameter.min && value <= parameter.max;
  }
  const above = parameter.minOpen ? value > parameter.min : value >= parameter.min;
  const below = parameter.maxOpen ? value < parameter.max : value <= parameter.max;
  return above && below;
}

/** Why a value is refused, as the end of a sentence: "must be a number in [0, 1); got 1. Use rate 0 ...". */
export function describeRefusal(
  parameter: RealParameter | IntegerParameter,
  value: unknown,
): string {
  const advice = parameter.advice === undefined ? "" : ` ${parameter.advice}`;
  return `must be ${describeRange(parameter)}; got ${describeValue(value)}.${advice}`;
}

/**
 * Returns `value` if it lies in the declared range, and throws the sentence that says so if not.
 *
 * @param who - the subject of the sentence, such as "Dropout".
 * @param name - the parameter's name, such as "rate".
 * @throws UsageError `Dropout: rate must be a number in [0, 1); got 1. Use rate 0 to switch it off.`
 */
export function checkParameter<P extends Parameter>(
  who: string,
  name: string,
  parameter: P,
  value: unknown,
): P extends ChoiceParameter<infer C> ? C : number {
  type Result = P extends ChoiceParameter<infer C> ? C : number;
  if (parameter.kind === "choice") {
    if (parameter.choices.includes(value as string)) return value as Result;
    throw new UsageError(`${who}: ${unknownName(name, String(value), parameter.choices).message}`);
  }
  if (typeof value === "number" && inside(parameter, value)) return value as Result;
  throw new UsageError(`${who}: ${name} ${describeRefusal(parameter, value)}`);
}

/**
 * Fills defaults, checks every value and refuses names that were not declared.
 *
 * @throws UsageError naming the first value out of range, or the unknown name and its nearest known one.
 */
export function checkParameters<P extends Parameters>(
  who: string,
  parameters: P,
  values: Readonly<Record<string, unknown>>,
): ParameterValues<P> {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(parameters, name)) {
      throw new UsageError(
        `${who}: ${unknownName("parameter", name, Object.keys(parameters)).message}`,
      );
    }
  }
  const entries = Object.entries(parameters).map(([name, parameter]) => [
    name,
    checkParameter(
      who,
      name,
      parameter,
      values[name] === undefined ? parameter.default : values[name],
    ),
  ]);
  return Object.fromEntries(entries) as ParameterValues<P>;
}

/**
 * True if every parameter that declares an off value has it, and at least one declares it. What is switched
 * off is left out, so that results are those without it, bit for bit.
 */
export function isOff(
  parameters: Readonly<Record<string, object>>,
  values: Readonly<Record<string, unknown>>,
): boolean {
  const switches = Object.entries(parameters).flatMap(([name, parameter]) =>
    "off" in parameter && parameter.off !== undefined ? [values[name] === parameter.off] : [],
  );
  return switches.length > 0 && switches.every(Boolean);
}
