/** @file Schemas of declared parameters: their ranges, and their own sentences. */
import { z } from "zod";
import type { Declarations, PartForm, PartParameter } from "../nn/index.js";
import {
  describeRange,
  describeRefusal,
  unknownName,
  type ChoiceParameter,
  type IntegerParameter,
  type RealParameter,
} from "../util/index.js";
import { mustBe, refuse } from "./sentences.js";

type Declared = Declarations[string];
type Plain = Exclude<Declared, { readonly kind: "optional" }>;
type Schema = z.ZodType;

/** The schema of one of several components: see components.ts. */
export type SpecSchemas = (form: PartForm & { readonly kind: "spec" }) => Schema;

export function numberSchema(parameter: RealParameter | IntegerParameter): z.ZodNumber {
  const error = refuse((value) => describeRefusal(parameter, value));
  const { min, max } = parameter;
  const { minOpen, maxOpen } = { minOpen: false, maxOpen: false, ...parameter };
  let schema = parameter.kind === "integer" ? z.int({ error }) : z.number({ error });
  if (min > -Infinity) schema = minOpen ? schema.gt(min, { error }) : schema.gte(min, { error });
  if (max < Infinity) schema = maxOpen ? schema.lt(max, { error }) : schema.lte(max, { error });
  return schema;
}

/** @param name - what the names stand for, for the sentence that refuses another */
export function choiceSchema<Choice extends string>(
  name: string,
  parameter: ChoiceParameter<Choice>,
): z.ZodType<Choice> {
  const { choices } = parameter;
  const error = refuse((value) =>
    typeof value === "string"
      ? unknownName(name, value, choices).message
      : mustBe(describeRange(parameter))(value),
  );
  return z.enum(choices as readonly [Choice, ...Choice[]], { error });
}

const flagSchema = (): z.ZodBoolean => z.boolean({ error: refuse(mustBe("true or false")) });

export function listSchema(of: RealParameter | IntegerParameter): Schema {
  const error = refuse(mustBe(`a list, each entry ${describeRange(of)}`));
  return z.array(numberSchema(of), { error }).min(1, { error });
}

function sizeSchema(names: readonly string[]): Schema {
  const others = names.map((other) => `, or "${other}"`).join("");
  const wanted = `a whole number of at least 1, or two of them${others}`;
  const error = refuse(mustBe(wanted));
  const whole = z.int({ error }).gte(1, { error });
  const named = names.map((name) => z.literal(name, { error }));
  return z.union([whole, z.tuple([whole, whole], { error }), ...named], { error });
}

function describeForm(form: PartForm): string {
  if (form.kind === "spec") return `a ${form.noun} such as { kind: ${form.list[0].kind} }`;
  return form.kind === "list" ? "a list of them" : describeRange(form);
}

function partSchema({ forms }: PartParameter, specSchemas: SpecSchemas): Schema {
  const schemas = forms.map((form) => {
    if (form.kind === "spec") return specSchemas(form);
    return form.kind === "list" ? listSchema(form.of) : numberSchema(form);
  });
  if (schemas.length === 1) return schemas[0];
  const error = refuse(mustBe(forms.map(describeForm).join(", or ")));
  return z.union(schemas as [Schema, Schema], { error });
}

function plainSchema(name: string, declared: Plain, specSchemas: SpecSchemas): Schema {
  if (declared.kind === "part") return partSchema(declared, specSchemas);
  if (declared.kind === "size") return sizeSchema(declared.names);
  if (declared.kind === "flag") return flagSchema();
  return declared.kind === "choice" ? choiceSchema(name, declared) : numberSchema(declared);
}

/**
 * The schema of each declared parameter.
 *
 * @param options.fill - whether a parameter that is left out gets its default, or stays out
 */
export function parameterSchemas(
  declarations: Declarations,
  {
    fill,
    required = [],
    specSchemas,
  }: {
    readonly fill: boolean;
    readonly required?: readonly string[];
    readonly specSchemas: SpecSchemas;
  },
): Readonly<Record<string, Schema>> {
  const entries = Object.entries(declarations).map(([name, declared]): [string, Schema] => {
    const plain = declared.kind === "optional" ? declared.of : declared;
    const schema = plainSchema(name, plain, specSchemas);
    if (required.includes(name)) return [name, schema];
    return [
      name,
      fill && declared.kind !== "optional" ? schema.default(plain.default) : schema.optional(),
    ];
  });
  return Object.fromEntries(entries);
}
