/** @file The arms of a sweep, point by point. */
import type { ArmResult, SweepResult } from "../study/index.js";

export interface SweptArm {
  readonly value: number;
  /** Undefined if the study holds no such arm. */
  readonly arm: ArmResult | undefined;
}

/** In the order of the sweep's points, of its own number of training rows. */
export const sweepArms = (
  { points, trainRows }: SweepResult,
  arms: readonly ArmResult[],
): readonly SweptArm[] =>
  points.map(({ arm: name, value }) => ({
    value,
    arm: arms.find((one) => one.arm === name && one.trainRows === trainRows),
  }));
