/** @file Declared parameters of layers and optimizers: util's ranges, and flags. */
import {
  checkParameter,
  unknownName,
  UsageError,
  type ChoiceParameter,
  type Parameter,
} from "../util/index.js";

/** A parameter that is true or false. */
export interface FlagParameter {
  readonly kind: "flag";
  readonly default: boolean;
}

export type Declarations = Readonly<Record<string, Parameter | FlagParameter>>;

type ValueOf<P> = P extends FlagParameter
  ? boolean
  : P extends ChoiceParameter<infer Choice>
    ? Choice
    : number;

/** The plain values that a set of declarations describes. */
export type DeclaredValues<D extends Declarations> = {
  readonly [K in keyof D]: ValueOf<D[K]>;
};

/** Declares a parameter that is true or false. */
export function flag(options: { default: boolean }): FlagParameter {
  return { kind: "flag", ...options };
}

function checkFlag(who: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new UsageError(`${who}: ${name} must be true or false; got ${String(value)}.`);
}

/**
 * Fills defaults, checks every value and refuses names that were not declared.
 *
 * @throws UsageError naming the first value out of range, or the unknown name and its nearest known one.
 */
export function checkDeclared<D extends Declarations>(
  who: string,
  declarations: D,
  values: Readonly<Record<string, unknown>>,
): DeclaredValues<D> {
  const names = Object.keys(declarations);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${who}: ${unknownName("parameter", unknown, names).message}`);
  }
  const entries = Object.entries(declarations).map(([name, declared]) => {
    // Not `??`: null is a mistake, not an absence.
    const value = values[name] === undefined ? declared.default : values[name];
    const checked =
      declared.kind === "flag"
        ? checkFlag(who, name, value)
        : checkParameter(who, name, declared, value);
    return [name, checked];
  });
  return Object.fromEntries(entries) as DeclaredValues<D>;
}
