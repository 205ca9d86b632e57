/** @file Rules for arithmetic that does nothing, or that another operation does in one step. */
import { add } from "../ops/add.js";
import { cast } from "../ops/cast.js";
import { divide } from "../ops/divide.js";
import { primitives } from "../ops/index.js";
import { equal } from "../ops/equal.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { negate } from "../ops/negate.js";
import { select } from "../ops/select.js";
import { stopGradient } from "../ops/stopGradient.js";
import { subtract } from "../ops/subtract.js";
import { apply } from "../tensor.js";
import { isUniform, on, uniformValue } from "./match.js";
import type { Rule } from "./rewrite.js";

/** Constants go to the right of commuting operations, so that other rules look in one place only. */
const constantRight: Rule = (node) => {
  const [a, b] = node.inputs;
  const swap = uniformValue(a) !== undefined && uniformValue(b) === undefined;
  return swap ? apply(node.op, [b, a], node.attributes) : node;
};

/** x op `value` is x. */
const rightIdentity =
  (value: number): Rule =>
  (node) =>
    isUniform(node.inputs[1], value) ? node.inputs[0] : node;

/** In float32 only -0 adds nothing: -0 + 0 is 0. */
const addZero: Rule = (node) => rightIdentity(node.dtype === "float32" ? -0 : 0)(node, node);

const addNegated: Rule = (node) => {
  const [a, b] = node.inputs;
  if (b.op === negate) return primitives.subtract(a, b.inputs[0]);
  return a.op === negate ? primitives.subtract(b, a.inputs[0]) : node;
};

const subtractNegated: Rule = (node) => {
  const [a, b] = node.inputs;
  return b.op === negate ? primitives.add(a, b.inputs[0]) : node;
};

const negateTwice: Rule = (node) => {
  const [x] = node.inputs;
  return x.op === negate ? x.inputs[0] : node;
};

const castToItself: Rule = (node) => {
  const [x] = node.inputs;
  return x.dtype === node.dtype ? x : node;
};

const decidedSelect: Rule = (node) => {
  const [condition, whenTrue, whenFalse] = node.inputs;
  const decided = uniformValue(condition);
  if (decided === undefined) return node;
  return decided === 0 ? whenFalse : whenTrue;
};

export const arithmeticRules: readonly Rule[] = [
  on(stopGradient, (node) => node.inputs[0]),
  on(cast, castToItself),
  ...[add, multiply, maximum, minimum, equal].map((op) => on(op, constantRight)),
  on(add, addNegated),
  on(add, addZero),
  on(subtract, subtractNegated),
  on(subtract, rightIdentity(0)),
  on(multiply, rightIdentity(1)),
  on(divide, rightIdentity(1)),
  on(negate, negateTwice),
  on(select, decidedSelect),
];
