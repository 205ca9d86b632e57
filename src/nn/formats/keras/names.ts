/** @file Keras' names and Holdout's: classes, parameters, and the values of one that the other writes otherwise. */
import type { ParameterValue } from "../../component.js";

/** An object of Keras in its configuration. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export const isKerasObject = (value: unknown): value is KerasObject =>
  typeof value === "object" && value !== null && "class_name" in value;

/** "learningRate" as "learning_rate". */
export const toSnakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** "leaky_relu" as "leakyRelu". */
export const toCamelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The kind of a class: "Conv2D" as "conv2d", "BatchNormalization" as "batchNormalization". */
export function kindOf(className: string): string {
  const kinds: Readonly<Record<string, string>> = {
    NonNeg: "nonNegative",
    RMSNormalization: "rmsNormalization",
  };
  const plain = className.replace(/2D/g, "2d");
  return kinds[className] ?? plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** How Keras' file of weights calls the layers of a class: "MaxPooling2D" as "max_pooling2d". */
export function groupNameOf(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** A part as a spec; Keras follows subgradients where Holdout would take proximal steps. */
export function partFrom({
  class_name: name,
  config,
}: KerasObject): Readonly<Record<string, ParameterValue>> & { readonly kind: string } {
  switch (name) {
    case "L1":
      return { kind: "l1", strength: config.l1 as number, method: "subgradient" };
    case "L2":
      return { kind: "l2", strength: config.l2 as number };
    case "L1L2":
      return {
        kind: "elasticNet",
        l1: config.l1 as number,
        l2: config.l2 as number,
        method: "subgradient",
      };
    case "OrthogonalRegularizer":
      return {
        kind: "orthogonal",
        strength: config.factor as number,
        mode: config.mode as string,
      };
    default: {
      const values = Object.entries(config).map(([key, value]) => [toCamelCase(key), value]);
      return { kind: kindOf(name), ...(Object.fromEntries(values) as Record<string, number>) };
    }
  }
}
