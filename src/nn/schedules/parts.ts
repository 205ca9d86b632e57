/** @file What schedules share. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";

/** The rate that a schedule starts from, or its largest one. */
export const initialLearningRate = real({ min: 0, minOpen: true, default: 1e-3 });

/** The whole part of a number that is not negative. */
export const floor = (x: Tensor): Tensor => ops.cast(ops.cast(x, "int32"), "float32");
