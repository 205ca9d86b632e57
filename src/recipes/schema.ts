/** @file The schema of a recipe file: its keys, and what nn, data and techniques declare of their values. */
import { z } from "zod";
import { preprocessingParameter, sources } from "../data/index.js";
import { checkFit, components, earlyStoppingParameters } from "../nn/index.js";
import { expandSweeps } from "../study/index.js";
import { parseArm, recipeParameters, type Recipe } from "../techniques/index.js";
import { choice, integer, real, unknownName, UsageError } from "../util/index.js";
import {
  createComponentSchemas,
  createRegistry,
  type ComponentSchemas,
  type Registry,
} from "./components.js";
import { descriptions, type Described } from "./descriptions.js";
import { choiceSchema, listSchema, numberSchema, parameterSchemas } from "./parameters.js";
import { describeGiven, mustBe, refuse, refuseObject } from "./sentences.js";

/** What a recipe file holds, with all defaults of its components filled in. */
export type FileContent = Recipe & {
  /** Where editors find the schema; it changes nothing. */
  readonly $schema?: string;
  readonly arms?: readonly string[];
  readonly seeds?: number;
};

type Shape = Readonly<Record<string, z.ZodType>>;

/** An object with these keys, which sentences list but for the one that only editors read. */
function keys(shape: Shape): z.ZodObject {
  const known = Object.keys(shape).filter((key) => key !== "$schema");
  return z.strictObject(shape, { error: refuseObject("key", known) });
}

const nonEmpty = <T extends z.ZodType>(element: T, wanted: string) => {
  const error = refuse(mustBe(wanted));
  return z.array(element, { error }).min(1, { error });
};

const text = (wanted: string): z.ZodString => z.string({ error: refuse(mustBe(wanted)) });

/** A schema that refuses what a check throws a sentence for. */
const checked = <T extends z.ZodType>(schema: T, check: (value: z.output<T>) => void): T =>
  schema.check(({ value, issues }) => {
    if (issues.length > 0) return;
    try {
      check(value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const path = [...error.at];
      issues.push({ code: "custom", message: error.message, input: value, path });
    }
  });

function dataSchema({ specSchemas }: ComponentSchemas): z.ZodType {
  const names = sources.map(({ name }) => name);
  const options = sources.map(({ name, params }) =>
    keys({
      name: z.literal(name),
      ...parameterSchemas(params, { fill: false, specSchemas }),
    }),
  );
  return z.discriminatedUnion("name", options as unknown as [z.core.$ZodTypeDiscriminable], {
    error: ({ code, input }) => {
      const known = `Known: ${names.join(", ")}.`;
      if (code !== "invalid_union")
        return `must be a mapping with a name; got ${describeGiven(input)}. ${known}`;
      const { name } = input as { name?: unknown };
      if (typeof name === "string") return unknownName("data set", name, names).message;
      return `must be a name; got ${describeGiven(name)}. ${known}`;
    },
  });
}

/** How many rows there are is not known yet: the split itself refuses what is too much of them. */
function splitSchema(): z.ZodType {
  const error = refuse(mustBe("a share in (0, 1), or a whole number of rows"));
  const validation = z
    .number({ error })
    .gt(0, { error })
    .refine((value) => value < 1 || Number.isInteger(value), { error });
  return keys({
    validation: validation.optional(),
    seed: numberSchema(recipeParameters.splitSeed).default(recipeParameters.splitSeed.default),
  });
}

function modelSchema({ oneOf }: ComponentSchemas): z.ZodType {
  const layer = oneOf("layer", {
    name: text("a name").optional(),
    inputs: nonEmpty(text("the name of a layer"), "a list of names of layers").optional(),
  });
  return keys({ layers: nonEmpty(layer, "a list of layers, at least one") });
}

/** The scores that a study computes after each epoch. */
const monitored = choice({
  choices: ["validation", "clean", "running"].flatMap((part) =>
    ["loss", "accuracy"].map((score) => `${part}.${score}`),
  ),
  default: "validation.loss",
});

function earlyStoppingSchema({ specSchemas }: ComponentSchemas): z.ZodType {
  return keys({
    monitor: choiceSchema("monitor", monitored).optional(),
    ...parameterSchemas(earlyStoppingParameters, { fill: false, specSchemas }),
  });
}

function lossSchema({ oneOf }: ComponentSchemas): z.ZodType {
  const choices = components.loss.map(({ kind }) => kind);
  const name = choiceSchema("loss", choice({ choices, default: choices[0] }));
  const error = refuse((value) =>
    typeof value === "string"
      ? unknownName("loss", value, choices).message
      : mustBe(`the name of a loss, or a loss such as { kind: ${choices[0]} }`)(value),
  );
  return z.union([name, oneOf("loss")], { error });
}

function trainingShape(schemas: ComponentSchemas): Shape {
  const augmentation = nonEmpty(schemas.oneOf("augmentation"), "a list of augmentations");
  return {
    optimizer: schemas.oneOf("optimizer"),
    loss: lossSchema(schemas),
    classWeights: listSchema(real({ min: 0, default: 1 })).optional(),
    augmentation: augmentation.optional(),
    averaging: schemas.oneOf("averaging").optional(),
    earlyStopping: earlyStoppingSchema(schemas).optional(),
    epochs: numberSchema(recipeParameters.epochs),
    batchSize: numberSchema(recipeParameters.batchSize),
  };
}

function ensembleSchema(): z.ZodType {
  const { members, cycles } = recipeParameters;
  const deep = keys({ kind: z.literal("deep"), members: numberSchema(members) });
  const snapshots = keys({ kind: z.literal("snapshots"), cycles: numberSchema(cycles) });
  const error = refuse(mustBe("{ kind: deep, members: 5 } or { kind: snapshots, cycles: 5 }"));
  return z.discriminatedUnion(
    "kind",
    [deep, snapshots] as unknown as [z.core.$ZodTypeDiscriminable],
    { error },
  );
}

/** Registers what the keys of an object mean. */
function describeKeys(registry: Registry, shape: Shape, prefix = ""): Shape {
  for (const [key, schema] of Object.entries(shape)) {
    const description = descriptions[`${prefix}${key}` as Described] as string | undefined;
    if (description !== undefined) registry.add(schema, { ...registry.get(schema), description });
  }
  return shape;
}

/** An arm, or a sweep that stands for several. */
const checkArm = (text: string): void => expandSweeps([text]).arms.forEach((arm) => parseArm(arm));

const seedCount = integer({ min: 1, default: 5 });

/** The schema, and what editors show of its parts. */
export function createRecipeSchema(): {
  readonly schema: z.ZodType<FileContent>;
  readonly registry: Registry;
} {
  const registry = createRegistry();
  const schemas = createComponentSchemas(registry);
  const training = describeKeys(registry, trainingShape(schemas), "training.");
  const shape = describeKeys(registry, {
    $schema: text("the address of a schema").optional(),
    data: dataSchema(schemas),
    split: splitSchema().default({ seed: recipeParameters.splitSeed.default }),
    preprocessing: choiceSchema("preprocessing", preprocessingParameter).optional(),
    model: modelSchema(schemas),
    training: keys(training),
    ensemble: ensembleSchema().optional(),
    predictionSamples: numberSchema(recipeParameters.predictionSamples).optional(),
    arms: nonEmpty(
      checked(text("an arm such as dropout=0.5"), checkArm),
      "a list of arms",
    ).optional(),
    seeds: numberSchema(seedCount).optional(),
  });
  const whole = checked(keys(shape) as unknown as z.ZodType<FileContent>, checkWhole);
  return { schema: whole, registry };
}

/** What only the parts together can get wrong: the wiring of layers, an average that never begins. */
function checkWhole({ model, training: { earlyStopping: _, ...options } }: FileContent): void {
  try {
    checkFit(model.layers, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const part = error.at[0] === "layers" ? "model" : "training";
    throw new UsageError(error.message, { at: [part, ...error.at], cause: error });
  }
}
