/**
 * @file A component: something that a model is put together from and that plain data names, such as
 * a layer or an optimizer. Its spec survives JSON; its definition says what the spec means.
 */
import type { Tensor } from "../graph/index.js";
import { UsageError, unknownName } from "../util/index.js";
import {
  checkDeclared,
  type Declarations,
  type DeclaredValues,
  type ValueOf,
} from "./parameters.js";

/** Plain data, but for functions that a user gives as a part; a spec with one does not survive JSON. */
export type ParameterValue =
  number | string | boolean | readonly number[] | readonly string[] | Spec | CustomPart;

/** A user's own function from a weight tensor to a tensor: a regularizer, a constraint. */
export type CustomPart = (weight: Tensor) => Tensor;

/** A component's kind and parameters, as plain data. */
export interface Spec {
  readonly kind: string;
  readonly [parameter: string]: ParameterValue;
}

/**
 * What every definition declares. Functions of the values are written as methods, so that definitions
 * with different parameters fit into one list; {@link checkValues} sees to it that they get their own.
 */
export interface Component<D extends Declarations = Declarations> {
  /** As written in a spec, and by the function that makes it: "dense". */
  readonly kind: string;
  /** The subject of its error sentences: "Dense". */
  readonly title: string;
  readonly params: D;
  /** Parameters without a default. */
  readonly required?: readonly string[];
  /** Throws a UsageError for values that are each in range but not together. */
  check?(values: DeclaredValues<D>): void;
}

/** The options of a component's function: required parameters, and the others if they are wanted. */
export type Options<D extends Declarations, Required extends keyof D> = Partial<
  DeclaredValues<D>
> & {
  readonly [K in Required]: ValueOf<D[K]>;
};

type Arguments<D extends Declarations, Required extends keyof D> = [Required] extends [never]
  ? [options?: Options<D, Required>]
  : [options: Options<D, Required>];

/** Makes a checked spec with all defaults filled in; carries the definition for the list of its folder. */
export type Factory<Definition, D extends Declarations, Required extends keyof D> = ((
  ...given: Arguments<D, Required>
) => Spec) & { readonly definition: Definition };

/** Turns a definition into the function by which users name it. */
export function createFactory<
  D extends Declarations,
  Required extends keyof D,
  Definition extends Component<D>,
>(definition: Definition): Factory<Definition, D, Required> {
  const make = (...[options]: Arguments<D, Required>): Spec => ({
    kind: definition.kind,
    ...checkValues(definition, options ?? {}),
  });
  return Object.assign(make, { definition });
}

/** The values of a component's parameters, checked and with defaults. */
export function checkValues<D extends Declarations>(
  component: Component<D>,
  values: Readonly<Record<string, unknown>>,
): DeclaredValues<D> {
  const { title, params, required = [] } = component;
  const missing = required.find((name) => values[name] === undefined);
  if (missing !== undefined) {
    throw new UsageError(`${title}: ${missing} must be given; got nothing. It has no default.`);
  }
  const checked = checkDeclared(title, params, values);
  component.check?.(checked);
  return checked;
}

/**
 * The definition that a spec names.
 *
 * @param noun - for the error: "layer", "optimizer"
 */
export function findByKind<C extends { readonly kind: string }>(
  noun: string,
  list: readonly C[],
  kind: string,
): C {
  const found = list.find((component) => component.kind === kind);
  if (found !== undefined) return found;
  throw unknownName(
    noun,
    kind,
    list.map((component) => component.kind),
  );
}

/**
 * The definition that a spec names, and its values, checked and with defaults.
 *
 * @throws UsageError naming the unknown kind or the first value out of range
 */
export function resolveSpec<C extends Component>(
  noun: string,
  list: readonly C[],
  { kind, ...given }: Spec,
): { readonly definition: C; readonly values: ReturnType<typeof checkValues> } {
  const definition = findByKind(noun, list, kind);
  return { definition, values: checkValues(definition, given) };
}
