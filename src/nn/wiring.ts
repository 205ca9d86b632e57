/** @file From a list of specs to named layers, each of which knows whose outputs it takes. */
import { locate, unknownName, UsageError } from "../util/index.js";
import { checkValues, findByKind } from "./component.js";
import type { LayerDefinition, LayerSpec } from "./layers/define.js";
import { layers as definitions } from "./layers/list.js";

/** Stands for the network's input among the inputs of a layer. */
export const MODEL_INPUT = -1;
/** The name by which `inputs` speaks of it. */
export const MODEL_INPUT_NAME = "input";

/** A spec with its definition, name, checked values and connections. */
export interface NamedLayer {
  readonly name: string;
  readonly definition: LayerDefinition;
  readonly values: ReturnType<typeof checkValues>;
  /** Positions of earlier layers, or {@link MODEL_INPUT}. */
  readonly inputs: readonly number[];
}

type Unwired = Omit<NamedLayer, "inputs"> & { readonly given: unknown };

function checkName(name: unknown, taken: ReadonlySet<string>): string {
  const isUsable = typeof name === "string" && /^[\w.-]+$/.test(name) && name !== MODEL_INPUT_NAME;
  if (!isUsable) {
    throw new UsageError(
      `Layer: name must be letters, digits, "_", "-" or ".", and not "${MODEL_INPUT_NAME}"; got ${JSON.stringify(name)}.`,
    );
  }
  if (!taken.has(name)) return name;
  throw new UsageError(`Layer: each name must be given once; got "${name}" twice. Rename one.`);
}

/** The names that layers were given, or their kind and number among layers of the kind. */
export function namesOf(specs: readonly LayerSpec[]): readonly unknown[] {
  const counts = new Map<string, number>();
  return specs.map(({ kind, name }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return name ?? `${kind}_${count}`;
  });
}

function identify(specs: readonly LayerSpec[]): readonly Unwired[] {
  const names = namesOf(specs);
  const taken = new Set<string>();
  return specs.map(({ kind, name: _, inputs, ...given }, position) => {
    const definition = findByKind("layer", definitions, kind);
    const name = locate(["layers", position, "name"], () => checkName(names[position], taken));
    taken.add(name);
    return { name, definition, values: checkValues(definition, given), given: inputs };
  });
}

function findInput(layer: string, wanted: string, earlier: readonly string[]): number {
  if (wanted === MODEL_INPUT_NAME) return MODEL_INPUT;
  const index = earlier.indexOf(wanted);
  if (index >= 0) return index;
  throw new UsageError(
    `${layer}: inputs must name layers before it; ` +
      unknownName("layer", wanted, [MODEL_INPUT_NAME, ...earlier]).message,
  );
}

/** The positions of a layer's inputs: those it names, else the layer before it. */
function wire(
  { name, definition, given }: Unwired,
  position: number,
  names: readonly string[],
): readonly number[] {
  const earlier = names.slice(0, position);
  const isList = Array.isArray(given) && given.every((input) => typeof input === "string");
  if (given !== undefined && !isList) {
    throw new UsageError(
      `${name}: inputs must be a list of layer names; got ${JSON.stringify(given)}.`,
    );
  }
  const inputs = isList
    ? given.map((input: string) => findInput(name, input, earlier))
    : [position === 0 ? MODEL_INPUT : position - 1];
  const fits = definition.merges === true ? inputs.length >= 2 : inputs.length === 1;
  if (fits) return inputs;
  const wanted = definition.merges === true ? "two inputs or more" : "one input";
  throw new UsageError(
    `${name}: must have ${wanted}; got ${inputs.length}. Name them: inputs: ["dense_1", "dense_2"].`,
  );
}

/** Every layer but the last must be somebody's input: one that is not would be trained for nothing. */
function checkAllUsed(layers: readonly NamedLayer[]): void {
  const used = new Set(layers.flatMap(({ inputs }) => inputs));
  const idle = layers.slice(0, -1).findIndex((_, position) => !used.has(position));
  if (idle < 0) return;
  throw new UsageError(
    `${layers[idle].name}: its output must be used by a later layer; it is not. Remove it, or name it in inputs.`,
    { at: ["layers", idle] },
  );
}

/**
 * Checks the specs, names the layers and connects them.
 *
 * @throws UsageError naming the first unknown layer, value out of range, name or input that does not fit, with its
 *   place from "layers" on
 */
export function nameLayers(specs: readonly LayerSpec[]): readonly NamedLayer[] {
  if (specs.length === 0) {
    throw new UsageError("sequential: there must be at least one layer; got none.");
  }
  const layers = identify(specs);
  const names = layers.map(({ name }) => name);
  const wired = layers.map((layer, position) => {
    const { name, definition, values } = layer;
    const inputs = locate(["layers", position, "inputs"], () => wire(layer, position, names));
    return { name, definition, values, inputs };
  });
  checkAllUsed(wired);
  return wired;
}
