/** @file An engine over the float64 judge: slow, exact, for tests and for checking the others. */
import { evaluate } from "../codegen/index.js";
import { sizeOf, topologicalOrder, type Tensor, type Variable } from "../graph/index.js";
import { InternalError } from "../util/index.js";
import { checkDefinition, checkLength, emptyValues } from "./checks.js";
import type { Engine, Program, ProgramDefinition, Values } from "./engine.js";
import { purposeOf, totalUse } from "./memoryUse.js";

/** Creates an engine that computes in float64 throughout and rounds only what is read. */
export function createReferenceEngine(): Engine {
  const memory = new Map<Tensor, Float64Array>();
  const place = (variable: Tensor): Float64Array => {
    const known = memory.get(variable) ?? new Float64Array(sizeOf(variable.shape));
    memory.set(variable, known);
    return known;
  };
  return {
    description: "reference, float64",
    compile: (definition) => Promise.resolve(compileReference(definition, { memory, place })),
    write: (variable, values) => {
      checkLength(variable, values);
      memory.set(variable, Float64Array.from(values));
    },
    read: (variable) => rounded(variable, place(variable)),
    memory: () =>
      totalUse([...memory].map(([variable, values]) => [purposeOf(variable), values.byteLength])),
    dispose: () => Promise.resolve(),
  };
}

function rounded(tensor: Tensor, values: Float64Array): Values {
  const result = emptyValues(tensor.dtype, values.length);
  result.set(values);
  return result;
}

function compileReference(
  definition: ProgramDefinition,
  { memory, place }: { memory: Map<Tensor, Float64Array>; place: (v: Tensor) => Float64Array },
): Program {
  checkDefinition(definition);
  const updates = [...(definition.updates ?? new Map<Variable, Tensor>())];
  const outputs = [...(definition.outputs ?? [])];
  const roots = [...outputs, ...updates.map(([, value]) => value)];
  topologicalOrder(roots)
    .filter((node) => node.op.name === "variable")
    .forEach(place);
  let latest = new Map<Tensor, Float64Array>();
  return {
    run: () => {
      const values = evaluate(roots, memory);
      latest = new Map(outputs.map((output, i) => [output, values[i]]));
      updates.forEach(([variable], i) => memory.set(variable, values[outputs.length + i]));
    },
    read: (output) => {
      const values = latest.get(output);
      if (values === undefined)
        throw new InternalError(`Program ${definition.name}: no such output, or not run yet.`);
      return rounded(output, values);
    },
  };
}
