/** @file select: whenTrue where the condition holds, else whenFalse. No gradient leaks from the other branch. */
import { UsageError } from "../../util/index.js";
import { filledLike, requireAlike } from "../define.js";
import { describeTensor, sameShape, type Operation } from "../tensor.js";

export const select: Operation<"select"> = {
  name: "select",
  kind: "elementwise",
  infer: ([condition, whenTrue, whenFalse]) => {
    requireAlike("select", [whenTrue, whenFalse]);
    if (condition.dtype !== "bool" || !sameShape(condition.shape, whenTrue.shape)) {
      throw new UsageError(
        `select: condition must be bool of the branches' shape; got ${describeTensor(condition)} ` +
          `for ${describeTensor(whenTrue)}.`,
      );
    }
    return { shape: whenTrue.shape, dtype: whenTrue.dtype };
  },
  gradient: (ops, node, upstream) => {
    const zero = filledLike(ops, upstream, 0);
    const [condition] = node.inputs;
    return [
      undefined,
      ops.select(condition, upstream, zero),
      ops.select(condition, zero, upstream),
    ];
  },
  reference: ([condition, whenTrue, whenFalse]) =>
    whenTrue.map((value, index) => (condition[index] !== 0 ? value : whenFalse[index])),
};
