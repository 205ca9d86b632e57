/** @file Declared parameters of layers and optimizers: util's ranges, flags, pairs of sizes, and parts. */
import {
  checkParameter,
  unknownName,
  UsageError,
  type ChoiceParameter,
  type IntegerParameter,
  type Parameter,
  type RealParameter,
} from "../util/index.js";

/** A parameter that is true or false. */
export interface FlagParameter {
  readonly kind: "flag";
  readonly default: boolean;
}

/** Height and width; one number stands for both. */
export type Size = number | readonly [number, number];

/** A size in whole numbers, or a name for one. */
export interface SizeParameter<Name extends string = string> {
  readonly kind: "size";
  readonly names: readonly Name[];
  readonly default: Size | Name;
}

/** A list of numbers, at least one. */
interface ListForm {
  readonly kind: "list";
  readonly of: RealParameter | IntegerParameter;
}

/** The spec of one of several components. */
interface SpecForm {
  readonly kind: "spec";
  /** "regularizer" */
  readonly noun: string;
  readonly list: readonly {
    readonly kind: string;
    readonly title: string;
    readonly params: Declarations;
    readonly required?: readonly string[];
  }[];
}

/** What the plain data of a part may look like. Schemas and tools read it; the part's check decides. */
export type PartForm = RealParameter | IntegerParameter | ListForm | SpecForm;

/** A part with a check of its own: a regularizer, a constraint, a learning rate that may be a schedule. */
export interface PartParameter<Value = unknown> {
  readonly kind: "part";
  /** One of these. */
  readonly forms: readonly PartForm[];
  readonly default?: Value;
  /** Gives the value with its own defaults; throws a UsageError that names `who` and `name`. */
  readonly check: (who: string, name: string, value: unknown) => Value;
}

export type Plain = Parameter | FlagParameter | SizeParameter | PartParameter;

/** A parameter that has no value unless one is given; it then stays out of the spec. */
export interface OptionalParameter<P extends Plain = Plain> {
  readonly kind: "optional";
  readonly of: P;
}

export type Declarations = Readonly<Record<string, Plain | OptionalParameter>>;

/** The plain value that one declaration describes. */
export type ValueOf<P> =
  P extends OptionalParameter<infer Of>
    ? ValueOf<Of>
    : P extends FlagParameter
      ? boolean
      : P extends SizeParameter
        ? P["default"]
        : P extends PartParameter<infer Value>
          ? Value
          : P extends ChoiceParameter<infer Choice>
            ? Choice
            : number;

type OptionalNames<D extends Declarations> = {
  [K in keyof D]: D[K] extends OptionalParameter ? K : never;
}[keyof D];

/** The plain values that a set of declarations describes. */
export type DeclaredValues<D extends Declarations> = {
  readonly [K in Exclude<keyof D, OptionalNames<D>>]: ValueOf<D[K]>;
} & { readonly [K in OptionalNames<D>]?: ValueOf<D[K]> };

/** Declares that there is no value unless one is given. */
export function optional<P extends Plain>(of: P): OptionalParameter<P> {
  return { kind: "optional", of };
}

/** Declares a parameter that is true or false. */
export function flag(options: { default: boolean }): FlagParameter {
  return { kind: "flag", ...options };
}

/** Declares a height and width of at least 1, with names that may stand for one. */
export function size(options: { default: Size }): SizeParameter<never>;
export function size<const Name extends string>(options: {
  names: readonly Name[];
  default: Size | NoInfer<Name>;
}): SizeParameter<Name>;
export function size(options: {
  names?: readonly string[];
  default: Size | string;
}): SizeParameter {
  return { kind: "size", names: [], ...options };
}

/** Height and width. */
export const pairOf = (value: Size): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

function checkSize(
  who: string,
  { name, names }: { name: string; names: readonly string[] },
  value: unknown,
): Size | string {
  if (names.includes(value as string)) return value as string;
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const whole = numbers.every((n) => Number.isInteger(n) && (n as number) >= 1);
  if (whole && numbers.length === 2) return value as Size;
  const others = names.map((other) => `, or "${other}"`).join("");
  const got = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  throw new UsageError(
    `${who}: ${name} must be a whole number of at least 1, or two of them${others}; got ${got}.`,
  );
}

function checkFlag(who: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new UsageError(`${who}: ${name} must be true or false; got ${String(value)}.`);
}

function checkOne(
  who: string,
  { name, declared }: { name: string; declared: Plain },
  value: unknown,
): unknown {
  if (declared.kind === "part") return declared.check(who, name, value);
  if (declared.kind === "flag") return checkFlag(who, name, value);
  if (declared.kind === "size") return checkSize(who, { name, names: declared.names }, value);
  return checkParameter(who, name, declared, value);
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
  const entries = Object.entries(declarations).flatMap(([name, declared]) => {
    const plain = declared.kind === "optional" ? declared.of : declared;
    // Not `??`: null is a mistake, not an absence.
    if (values[name] === undefined && declared.kind === "optional") return [];
    const value = values[name] === undefined ? plain.default : values[name];
    return [[name, checkOne(who, { name, declared: plain }, value)] as const];
  });
  return Object.fromEntries(entries) as DeclaredValues<D>;
}
