/** @file What decides the code of a program, as text: programs of equal outlines are the same code. */
import {
  attributesKey,
  isVariable,
  topologicalOrder,
  type RandomBitsAttributes,
  type Tensor,
  type Variable,
} from "../graph/index.js";
import type { StreamKey } from "../util/index.js";
import type { ProgramDefinition } from "./engine.js";

export interface Outline {
  readonly text: string;
  /** All variables, in the order in which the text has them. */
  readonly variables: readonly Variable[];
  /** The keys of all random streams, each once. The text has their positions here: code reads keys from memory. */
  readonly keys: readonly StreamKey[];
}

/**
 * Describes a program, node by node. Names decide nothing.
 *
 * @param placeOf - where a variable lies, or that it has no place yet
 */
export function outlineOf(
  { outputs = [], updates = new Map<Variable, Tensor>() }: ProgramDefinition,
  placeOf: (variable: Variable) => string,
): Outline {
  const numbers = new Map<Tensor, number>();
  const variables: Variable[] = [];
  const keys = new Map<string, StreamKey>();
  const describe = (node: Tensor): string => {
    if (isVariable(node)) {
      variables.push(node);
      return `${node.dtype} [${node.shape.join()}] ${placeOf(node)}`;
    }
    if (node.op.name !== "randomBits") return attributesKey(node);
    const { key, shape } = node.attributes as RandomBitsAttributes;
    keys.set(key.join(), key);
    return `[${shape.join()}] ${[...keys.keys()].indexOf(key.join())}`;
  };
  const numberOf = (tensor: Tensor): number | undefined => numbers.get(tensor);
  const lines = topologicalOrder([...outputs, ...updates.keys(), ...updates.values()]).map(
    (node) => {
      numbers.set(node, numbers.size);
      return `${node.op.name} ${node.inputs.map(numberOf).join()} ${describe(node)}`;
    },
  );
  const pairs = [...updates].map((pair) => pair.map(numberOf).join("="));
  return {
    text: [...lines, `outputs ${outputs.map(numberOf).join()}`, `updates ${pairs.join()}`].join(
      "\n",
    ),
    variables,
    keys: [...keys.values()],
  };
}
