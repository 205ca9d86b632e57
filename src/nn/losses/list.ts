/** @file The losses, by name; a new one adds its line here. */
import { categoricalCrossEntropy } from "./categoricalCrossEntropy.js";

export const losses = { categoricalCrossEntropy };

export type LossName = keyof typeof losses;
