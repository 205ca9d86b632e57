/** @file Every definition of a component is accepted with its defaults, and refused out of its ranges by name. */
import { describe, expect, it } from "vitest";
import { components, type Component, type PartForm } from "../nn/index.js";
import { z } from "zod";
import { createComponentSchemas, createRegistry } from "./components.js";
import { listMistakes, sentence } from "./sentences.js";

type Declared = Component["params"][string];
type Plain = Exclude<Declared, { readonly kind: "optional" }>;
type Described = Pick<Component, "kind" | "params" | "required">;

const plainOf = (declared: Declared): Plain =>
  declared.kind === "optional" ? declared.of : declared;

/** Something that the form allows. */
function sampleOf(form: PartForm): unknown {
  if (form.kind === "spec") return specOf(form.list[0]);
  return form.kind === "list" ? [form.of.default] : form.default;
}

function valueOf(declared: Declared): unknown {
  const plain = plainOf(declared);
  return plain.kind === "part" && plain.default === undefined
    ? sampleOf(plain.forms[0])
    : plain.default;
}

/** A spec with all that is required and nothing else. */
function specOf({ kind, params, required = [] }: Described): Record<string, unknown> {
  const own = required.map((name) => [name, valueOf(params[name])] as const);
  // The schedule of pieces needs one value more than boundaries.
  const values = kind === "piecewiseConstant" ? { values: [0.1, 0.01] } : {};
  return { kind, ...Object.fromEntries(own), ...values };
}

/** A value that no declared parameter of its kind allows, with what the sentence must say. */
function wrongFor(plain: Plain): readonly [value: unknown, words: RegExp][] {
  if (plain.kind === "choice") return [["nonsense", /Unknown \S+ "nonsense"/]];
  if (plain.kind === "flag") return [["yes", /must be true or false; got "yes"/]];
  if (plain.kind === "size") return [[0, /must be a whole number of at least 1/]];
  if (plain.kind === "part") return [[{ kind: "nonsense" }, /Unknown|must be/]];
  const below = plain.min > -Infinity ? [plain.min - 1] : [];
  const above = plain.max < 2 ** 31 - 1 ? [plain.max + 1] : [];
  return [...below, ...above, NaN, "1"].map((value) => [value, /must be .*; got /]);
}

function parse(noun: keyof typeof components, spec: unknown) {
  const schemas = createComponentSchemas(createRegistry());
  const result = z.object({ spec: schemas.oneOf(noun) }).safeParse({ spec });
  return result.success
    ? { spec: result.data.spec, sentences: [] }
    : { sentences: listMistakes(result.error).map((one) => sentence(one, "file")) };
}

const nouns = Object.keys(components) as (keyof typeof components)[];
const all = nouns.flatMap((noun) =>
  components[noun].map((definition: Component) => ({ noun, kind: definition.kind, definition })),
);

describe.each(all)("$noun $kind", ({ noun, definition }) => {
  const { params } = definition;

  it("is accepted with what it requires, and gets the defaults that it declares", () => {
    const { spec, sentences } = parse(noun, specOf(definition));
    expect(sentences).toEqual([]);
    for (const [name, declared] of Object.entries(params)) {
      const isFilled = declared.kind !== "optional" && !definition.required?.includes(name);
      if (isFilled) expect(spec?.[name], name).toEqual(declared.default);
      if (declared.kind === "optional") expect(spec).not.toHaveProperty(name);
    }
  });

  it("is refused with a value out of range, by one sentence that names it", () => {
    for (const [name, declared] of Object.entries(params)) {
      for (const [value, words] of wrongFor(plainOf(declared))) {
        const { sentences } = parse(noun, { ...specOf(definition), [name]: value });
        expect(sentences, `${name} ${String(value)}`).toHaveLength(1);
        expect(sentences[0]).toContain(`spec.${name}`);
        expect(sentences[0]).toMatch(words);
      }
    }
  });

  it("is refused with a parameter that it does not have, and without one that it requires", () => {
    const { sentences } = parse(noun, { ...specOf(definition), noSuch: 1 });
    expect(sentences).toEqual([expect.stringContaining('file: spec: Unknown parameter "noSuch"')]);
    for (const name of definition.required ?? []) {
      const rest = Object.entries(specOf(definition)).filter(([key]) => key !== name);
      expect(parse(noun, Object.fromEntries(rest)).sentences).toEqual([
        expect.stringMatching(new RegExp(`^file: spec\\.${name} must be .*; got nothing\\.`)),
      ]);
    }
  });
});
