/** @file Penalties on kernels, added to those that a recipe has already. */
import { elasticNet, l1, l2, type Spec } from "../nn/index.js";
import { UsageError } from "../util/index.js";
import { hasKernel, pinNames, withLayers, type NamedLayerSpec } from "./layers.js";
import type { Recipe } from "./recipe.js";

type Method = "proximal" | "subgradient";

/** `l1 sum(|w|) + l2 sum(w^2)`; the method is that of the l1 part, if there is one. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
  readonly method?: Method;
}

const DEFAULT_METHOD: Method = "proximal";

const readers: Readonly<Record<string, (spec: Spec) => Penalty>> = {
  l1: ({ strength, method }) => ({
    l1: strength as number,
    l2: 0,
    method: (method as Method | undefined) ?? DEFAULT_METHOD,
  }),
  l2: ({ strength }) => ({ l1: 0, l2: strength as number }),
  elasticNet: ({ l1: first, l2: second, method }) => ({
    l1: first as number,
    l2: second as number,
    method: (method as Method | undefined) ?? DEFAULT_METHOD,
  }),
};

function writePenalty({ l1: first, l2: second, method = DEFAULT_METHOD }: Penalty): Spec {
  if (second === 0) return l1({ strength: first, method });
  return first === 0 ? l2({ strength: second }) : elasticNet({ l1: first, l2: second, method });
}

/** What a layer's kernel bears already. */
function readPenalty(title: string, { name, kernelRegularizer }: NamedLayerSpec): Penalty {
  if (kernelRegularizer === undefined) return { l1: 0, l2: 0 };
  const spec = kernelRegularizer as Spec;
  const read = Object.hasOwn(readers, spec.kind) ? readers[spec.kind] : undefined;
  if (read !== undefined) return read(spec);
  throw new UsageError(
    `${title}: a kernel's penalty must be l1, l2 or elasticNet to be added to; ` +
      `got ${spec.kind} on ${name}. Take it out of the recipe.`,
  );
}

function sum(title: string, a: Penalty, b: Penalty): Penalty {
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) {
    throw new UsageError(
      `${title}: the method must be that of the penalty it is added to, ${a.method}; got ${b.method}.`,
    );
  }
  const method = a.method ?? b.method;
  return { l1: a.l1 + b.l1, l2: a.l2 + b.l2, ...(method !== undefined && { method }) };
}

/**
 * The recipe with the penalty on the kernels of all layers that have one, the output layer's too; biases
 * stay free. It is added to what is there: l1 and l2 together are an elastic net.
 *
 * @throws UsageError if a kernel has a penalty that it cannot be added to
 */
export function addPenalty(recipe: Recipe, title: string, penalty: Penalty): Recipe {
  const named = pinNames(recipe);
  const layers = recipe.model.layers.map((layer, i) => {
    if (!hasKernel(layer)) return layer;
    const total = sum(title, readPenalty(title, named[i]), penalty);
    return { ...layer, kernelRegularizer: writePenalty(total) };
  });
  if (layers.every((layer) => !hasKernel(layer))) {
    throw new UsageError(`${title}: the model must have a layer with a kernel; it has none.`);
  }
  return withLayers(recipe, layers);
}
