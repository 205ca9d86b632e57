/** @file Schemas of components as plain data, derived from their definitions. */
import { z } from "zod";
import { checkValues, components, type Component, type Spec } from "../nn/index.js";
import { unknownName, UsageError } from "../util/index.js";
import { parameterSchemas, type SpecSchemas } from "./parameters.js";
import { describeGiven, refuse, refuseObject } from "./sentences.js";

type Described = Pick<Component, "kind" | "title" | "params" | "required">;
type Extra = Readonly<Record<string, z.ZodType>>;

/** What editors show of a schema. */
export type Registry = ReturnType<typeof createRegistry>;
export const createRegistry = () =>
  z.registry<{ id?: string; title?: string; description?: string }>();

/** Makes the schemas of one recipe's schema: those of equal lists are one, and described once. */
export interface ComponentSchemas {
  /**
   * @param noun - which list: "layer"
   * @param extra - keys that a spec may have beside its parameters
   */
  readonly oneOf: (noun: keyof typeof components, extra?: Extra) => z.ZodType<Spec>;
  readonly specSchemas: SpecSchemas;
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? "an" : "a");

/** The message of a list of components: no mapping, no kind, or a kind that is none. */
function refuseSpec(noun: string, list: readonly Described[]) {
  const kinds = list.map(({ kind }) => kind);
  return ({ code, input }: z.core.$ZodRawIssue): string => {
    const known = `Known: ${kinds.join(", ")}.`;
    if (code !== "invalid_union") {
      return `must be ${article(noun)} ${noun} such as { kind: ${kinds[0]} }; got ${describeGiven(input)}. ${known}`;
    }
    const { kind } = input as { kind?: unknown };
    if (typeof kind !== "string") return `must be a name; got ${describeGiven(kind)}. ${known}`;
    return unknownName(noun, kind, kinds).message;
  };
}

/** Says what the definition itself has against values that are each in range. */
function checkTogether(component: Component, extra: Extra) {
  return ({ value, issues }: z.core.ParsePayload<Record<string, unknown>>): void => {
    if (issues.length > 0) return;
    const own = Object.entries(value).filter(
      ([name, given]) => name !== "kind" && !Object.hasOwn(extra, name) && given !== undefined,
    );
    try {
      checkValues(component, Object.fromEntries(own));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      issues.push({ code: "custom", message: error.message, input: value });
    }
  };
}

export function createComponentSchemas(registry: Registry): ComponentSchemas {
  const made = new Map<readonly Described[], z.ZodType<Spec>>();

  function object({ kind, title, params, required = [] }: Described, extra: Extra = {}) {
    const shape = {
      kind: z.literal(kind, { error: refuse(() => `must be ${kind}.`) }),
      ...extra,
      ...parameterSchemas(params, { fill: true, required, specSchemas }),
    };
    const schema = z.strictObject(shape, {
      error: refuseObject("parameter", Object.keys(shape)),
    });
    registry.add(schema, { title });
    return schema;
  }

  function union(
    noun: string,
    list: readonly Described[],
    schemas: readonly z.ZodObject[],
  ): z.ZodType<Spec> {
    const options = schemas as unknown as [z.core.$ZodTypeDiscriminable];
    const schema = z.discriminatedUnion("kind", options, { error: refuseSpec(noun, list) });
    registry.add(schema, { id: noun });
    return schema as unknown as z.ZodType<Spec>;
  }

  const once = (list: readonly Described[], make: () => z.ZodType<Spec>): z.ZodType<Spec> => {
    const schema = made.get(list) ?? make();
    made.set(list, schema);
    return schema;
  };

  // A part of a component is checked with the component.
  const specSchemas: SpecSchemas = ({ noun, list }) =>
    once(list, () =>
      union(
        noun,
        list,
        list.map((each) => object(each)),
      ),
    );

  return {
    specSchemas,
    oneOf: (noun, extra = {}) => {
      const list: readonly Component[] = components[noun];
      const schemas = list.map((each) => object(each, extra).check(checkTogether(each, extra)));
      return once(list, () => union(noun, list, schemas));
    },
  };
}
