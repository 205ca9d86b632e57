/** @file Hands over the weights every few epochs. */
import { checkParameter, integer } from "../../util/index.js";
import type { Callback } from "./define.js";

/**
 * Hands copies of all weights, in the order of the layers, to `save` after every `every`th epoch.
 *
 * @param options.every - epochs from one snapshot to the next, at least 1
 */
export function saveSnapshots({
  every,
  save,
}: {
  readonly every: number;
  readonly save: (weights: readonly Float32Array[], epoch: number) => void;
}): Callback {
  checkParameter("SaveSnapshots", "every", integer({ min: 1, default: 1 }), every);
  return {
    name: "saveSnapshots",
    start: (control) => ({
      onEpochSettled: ({ epoch }) => {
        if (epoch % every === 0) save(control.weights(), epoch);
      },
    }),
  };
}
