/** @file One layer of a Keras model as a spec. */
import { unknownName, UsageError } from "../../../util/index.js";
import type { ParameterValue } from "../../component.js";
import { initializers } from "../../initializers/list.js";
import type { LayerDefinition, LayerSpec } from "../../layers/define.js";
import { layers } from "../../layers/list.js";
import {
  isKerasObject,
  kindOf,
  partFrom,
  toCamelCase,
  toSnakeCase,
  type KerasObject,
} from "./names.js";

/** A layer in a model's configuration. */
export interface KerasLayer extends KerasObject {
  readonly name?: string;
  readonly inbound_nodes?: readonly { readonly args: readonly unknown[] }[];
}

/** Settings that Holdout has no parameter for, with the values that mean what Holdout does anyway. */
const NEUTRAL: Readonly<Record<string, (value: unknown) => boolean>> = {
  trainable: (value) => value === true,
  data_format: (value) => value === "channels_last",
  groups: (value) => value === 1,
  axis: (value) => value === -1 || String(value) === "-1",
};
/** Settings that decide nothing once weights are loaded. */
const IDLE = ["name", "dtype", "seed", "renorm_momentum", "batch_input_shape", "mask_zero"];

const isIdle = (key: string): boolean => IDLE.includes(key) || key.endsWith("_initializer");

/** Throws for a setting that Holdout would have to ignore. */
function checkRest(who: string, config: KerasObject["config"], known: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(config)) {
    if (known.has(key) || value === null || value === false) continue;
    if (NEUTRAL[key]?.(value) ?? isIdle(key)) continue;
    throw new UsageError(
      `${who}: ${key} must be as Holdout has it; got ${JSON.stringify(value)}, which has no counterpart.`,
    );
  }
}

function translate(parameter: string, value: unknown): ParameterValue | undefined {
  if (parameter.endsWith("Initializer")) {
    const kind = isKerasObject(value) ? kindOf(value.class_name) : String(value);
    // The weights come from the file: an initializer that is not known here changes nothing.
    return Object.hasOwn(initializers, kind) ? kind : undefined;
  }
  if (parameter === "activation") {
    return toCamelCase(isKerasObject(value) ? kindOf(value.class_name) : String(value));
  }
  return isKerasObject(value) ? partFrom(value) : (value as ParameterValue);
}

function definitionOf({ class_name: name }: KerasLayer): LayerDefinition {
  const found = layers.find(({ kind }) => kind === kindOf(name));
  if (found) return found;
  throw new UsageError(
    `Keras: ${
      unknownName(
        "layer",
        name,
        layers.map(({ kind }) => kind),
      ).message
    }`,
  );
}

/**
 * The layer as a spec, without its connections.
 *
 * @throws UsageError for a layer, or a setting of it, that Holdout does not have
 */
export function layerFrom(layer: KerasLayer): LayerSpec {
  const { kind, params } = definitionOf(layer);
  const { config } = layer;
  const names = Object.keys(params);
  const entries = names.flatMap((parameter) => {
    const value = config[toSnakeCase(parameter)];
    const translated =
      value === undefined || value === null ? undefined : translate(parameter, value);
    return translated === undefined ? [] : [[parameter, translated] as const];
  });
  const who = `Keras: ${String(config.name)}`;
  checkRest(who, config, new Set(names.map(toSnakeCase)));
  return { kind, ...Object.fromEntries(entries) };
}
