/** @file A small problem that a small network learns: three classes in the plane, told apart by angle. */
import type { LabelledRows } from "../../src/nn/index.js";
import { randomStream } from "../../src/util/index.js";

/** Points around the origin; their class is the third of the circle that they lie in. */
export function toyData(rows: number, seed = 1): LabelledRows {
  const random = randomStream(seed, "toy");
  const features = Float32Array.from({ length: rows * 2 }, () => random.normal());
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const angle = Math.atan2(features[row * 2 + 1], features[row * 2]) / (2 * Math.PI) + 0.5;
    return Math.min(2, Math.floor(angle * 3));
  });
  return { features, featureShape: [2], scale: 1, labels, classes: 3 };
}
