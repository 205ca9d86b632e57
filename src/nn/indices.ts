/** @file The check that features are the whole numbers that a network looks up; kernels do not check. */
import { sizeOf, type Shape } from "../graph/index.js";
import { UsageError } from "../util/index.js";
import type { Network } from "./network.js";
import { MODEL_INPUT } from "./wiring.js";

/** The part of rows that is looked at. */
interface Features {
  readonly features: Uint8Array | Float32Array;
  readonly featureShape: Shape;
  readonly scale: number;
}

/**
 * Throws unless the features are fit for every layer that looks them up.
 *
 * @param who - subject of the sentence: "fit", "predict"
 */
export function checkIndices(
  who: string,
  { features, featureShape, scale }: Features,
  { layers }: Network,
): void {
  for (const { name, inputs, indices } of layers) {
    if (indices === undefined || inputs[0] !== MODEL_INPUT) continue;
    const isIndex = (stored: number): boolean => {
      const value = stored * scale;
      return Number.isInteger(value) && value >= 0 && value < indices;
    };
    const wrong = features.findIndex((stored) => !isIndex(stored));
    if (wrong < 0) continue;
    const size = sizeOf(featureShape);
    throw new UsageError(
      `${who}: features must be whole numbers from 0 to ${indices - 1} for ${name}; got ` +
        `${features[wrong] * scale} in row ${Math.floor(wrong / size)}, feature ${wrong % size} (both from 0).`,
    );
  }
}
