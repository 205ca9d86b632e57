/** @file Which stores may be compiled so that V8 joins pairs of vectors: what `epilogueForms.ts` checks. */
import { subexpressions, type Expression, type Store } from "../kernel.js";
import { elementBytes } from "../layout.js";

/** Operations that are one instruction, which V8 can join, or a few. */
const JOINED = [
  ...(["absolute", "add", "divide", "equal", "less", "maximum", "minimum", "multiply"] as const),
  ...(["negate", "select", "sqrt", "subtract"] as const),
];
export type JoinedName = (typeof JOINED)[number];

/** Those of which the check knows whole numbers, too. */
const OF_WHOLE_NUMBERS = ["equal", "less", "select"];

const isJoined = ({ name, operandDType }: Extract<Expression, { kind: "apply" }>): boolean =>
  JOINED.some((joined) => joined === name) &&
  (operandDType === "float32" || OF_WHOLE_NUMBERS.includes(name));

/** Whether neighbours along an axis are neighbours in memory, or one and the same, and all arithmetic can be joined. */
export function canPair(stores: readonly Store[], axis: number): boolean {
  const isFit = (expression: Expression): boolean => {
    switch (expression.kind) {
      case "constant":
      case "accumulated":
        return true;
      case "load":
        return elementBytes(expression.buffer.dtype) === 4 && expression.strides[axis] <= 1;
      case "apply":
        return isJoined(expression);
      default:
        return false;
    }
  };
  return (
    stores.every(
      ({ buffer, strides }) => elementBytes(buffer.dtype) === 4 && strides[axis] === 1,
    ) && subexpressions(stores.map(({ value }) => value)).every(isFit)
  );
}
