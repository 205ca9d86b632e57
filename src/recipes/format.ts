/** @file A recipe as a file that people read and change: YAML with comments, or JSON. */
import { Document, isMap, isScalar, isSeq, visit, type Pair } from "yaml";
import type { Spec } from "../nn/index.js";
import type { Recipe, TrainingChoice } from "../techniques/index.js";
import { compactSpec } from "./compact.js";
import { descriptions, type Described } from "./descriptions.js";
import type { RecipeFile } from "./parse.js";

export interface FormatOptions {
  /** Default "yaml". JSON has no comments. */
  readonly form?: "yaml" | "json";
  /** Where editors find the schema: an address or a path from the file. */
  readonly schema?: string;
}

/** Longer lines are broken; 100 columns with the indentation of a layer. */
const WIDTH = 96;

function compactTraining(training: TrainingChoice): object {
  const { optimizer, loss, augmentation, averaging, ...rest } = training;
  return {
    optimizer: compactSpec("optimizer", optimizer),
    loss: typeof loss === "string" ? loss : compactSpec("loss", loss),
    ...(augmentation && {
      augmentation: augmentation.map((spec) => compactSpec("augmentation", spec)),
    }),
    ...(averaging && { averaging: compactSpec("averaging", averaging) }),
    ...rest,
  };
}

/** The keys in the order in which a recipe is read. */
function content({ recipe, arms, seeds }: RecipeFile): object {
  const { data, split, preprocessing, model, training, ...rest }: Recipe = recipe;
  return {
    data,
    split,
    ...(preprocessing && { preprocessing }),
    model: { layers: model.layers.map((layer: Spec) => compactSpec("layer", layer)) },
    training: compactTraining(training),
    ...rest,
    ...(arms && { arms }),
    ...(seeds !== undefined && { seeds }),
  };
}

/** Comment lines of at most WIDTH columns. */
function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines[last].length + word.length + 1 > WIDTH) lines.push(` ${word}`);
    else lines[last] += ` ${word}`;
  }
  return lines.join("\n");
}

/** Puts what keys mean above them, and short specs on one line. */
function annotate(document: Document): void {
  visit(document, {
    Pair: (_, pair: Pair, path) => {
      const above = path.flatMap((node) =>
        "key" in node && isScalar(node.key) ? [String(node.key.value)] : [],
      );
      if (!isScalar(pair.key)) return;
      const name = [...above, String(pair.key.value)].join(".");
      const text = descriptions[name as Described] as string | undefined;
      if (text === undefined) return;
      pair.key.commentBefore = wrapped(text);
      pair.key.spaceBefore = above.length === 0;
    },
    Map: (_, node) => {
      const isShort = JSON.stringify(node.toJSON()).length < WIDTH;
      const isFlat = node.items.every(({ value }) => !isMap(value) && !isSeq(value));
      if (node.has("kind") && isShort && isFlat) node.flow = true;
    },
  });
}

/**
 * The text of a recipe file. `parseRecipe` gives the same recipe back, with the defaults that are left out here.
 *
 * @example
 * await writeFile("recipe.yaml", formatRecipe({ recipe: referenceRecipe, arms: ["none", "l2=1e-4"], seeds: 5 }));
 */
export function formatRecipe(file: RecipeFile, options: FormatOptions = {}): string {
  const { form = "yaml", schema } = options;
  if (form === "json") {
    return `${JSON.stringify({ ...(schema !== undefined && { $schema: schema }), ...content(file) }, null, 2)}\n`;
  }
  const document = new Document(content(file), { aliasDuplicateObjects: false });
  annotate(document);
  const head = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# A recipe of Holdout, for "holdout compare --recipe FILE". What a component leaves out has its default.',
  ];
  return `${head.join("\n")}\n${document.toString({ lineWidth: 0, flowCollectionPadding: true })}`;
}
