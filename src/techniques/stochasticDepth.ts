/** @file Stochastic depth: residual branches dropped at random. */
import { stochasticDepth as layer } from "../nn/index.js";
import { choice, UsageError } from "../util/index.js";
import { defineTechnique } from "./define.js";
import { pinNames, withLayers, type NamedLayerSpec } from "./layers.js";
import type { Recipe } from "./recipe.js";

const TITLE = "StochasticDepth";
const INPUT_NAME = "input";

/** The names of the layers whose outputs each layer takes. */
function inputsByName(layers: readonly NamedLayerSpec[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    layers.map(({ name, inputs }, i) => [
      name,
      (inputs as readonly string[] | undefined) ?? [i === 0 ? INPUT_NAME : layers[i - 1].name],
    ]),
  );
}

/** A layer and everything that it depends on. */
function upstream(name: string, inputs: ReturnType<typeof inputsByName>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: string): void => {
    if (found.has(each)) return;
    found.add(each);
    inputs.get(each)?.forEach(visit);
  };
  visit(name);
  return found;
}

/** Of the two inputs of a residual sum, the branch: the one with more layers that the other has not. */
function findBranch(sum: NamedLayerSpec, inputs: ReturnType<typeof inputsByName>): string {
  const given = inputs.get(sum.name) ?? [];
  const reached = given.map((name) => upstream(name, inputs));
  const own = reached.map(
    (each, i) => [...each].filter((name) => !reached[1 - i]?.has(name)).length,
  );
  if (given.length === 2 && own[0] !== own[1]) return given[own[0] > own[1] ? 0 : 1];
  throw new UsageError(
    `${TITLE}: ${sum.name} must add a branch to a shorter shortcut; got ${given.join(" and ")}. ` +
      "Leave the technique out for this model.",
  );
}

function dropBranches(recipe: Recipe, rateOf: (block: number, blocks: number) => number): Recipe {
  const layers = pinNames(recipe);
  const inputs = inputsByName(layers);
  const sums = layers.filter(({ kind }) => kind === "add");
  if (sums.length === 0) {
    throw new UsageError(
      `${TITLE}: the model must have residual branches, which end in add(); it has none. ` +
        "Use a residual model, or another technique.",
    );
  }
  const changed = layers.flatMap((each, i): readonly NamedLayerSpec[] => {
    const block = sums.indexOf(each) + 1;
    // What took the place before the sum must still find it, by name.
    const named =
      each.inputs === undefined && i > 0 ? { ...each, inputs: [layers[i - 1].name] } : each;
    if (block === 0) return [named];
    const branch = findBranch(each, inputs);
    const name = `stochasticDepth_${block}`;
    const gate = { ...layer({ rate: rateOf(block, sums.length) }), name, inputs: [branch] };
    const kept = (inputs.get(each.name) ?? []).map((input) => (input === branch ? name : input));
    return [gate, { ...each, inputs: kept }];
  });
  return withLayers(recipe, changed);
}

export const stochasticDepth = defineTechnique({
  id: "stochasticDepth",
  title: TITLE,
  params: {
    rate: layer.definition.params.rate,
    rule: choice({ choices: ["linear", "uniform"], default: "linear" }),
  },
  apply: (recipe, { rate, rule }) =>
    dropBranches(recipe, (block, blocks) => (rule === "linear" ? (rate * block) / blocks : rate)),
  what:
    "In training, drops the residual branch of a block for a row with some probability, so that its shortcut alone " +
    "remains. With rule=linear the l-th of L blocks has probability rate l / L, with rule=uniform all have rate.",
  formula:
    "training: y = x + keep F(x) / (1 - rate_l), one keep ~ Bernoulli(1 - rate_l) for each row and block",
  cost: "One random number a row and block; branches are still computed. Nothing in prediction.",
  helps: "Deep residual networks.",
  fails: "Shallow ones have little to drop. Models without residual branches are refused.",
  reference: "Huang et al., ECCV 2016",
});
