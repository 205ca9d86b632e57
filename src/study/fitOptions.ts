/** @file What a recipe means to `fit`: its training, with early stopping as the callback that it is. */
import { earlyStopping } from "../nn/index.js";
import type { TrainingChoice } from "../techniques/index.js";

/** @param onRestore - hears of which epoch the weights are that early stopping puts back */
export function fitOptions(
  { earlyStopping: stopping, ...training }: TrainingChoice,
  onRestore?: (epoch: number) => void,
) {
  if (stopping === undefined) return { ...training, callbacks: [] };
  const callback = earlyStopping({ ...stopping, ...(onRestore && { onRestore }) });
  return { ...training, callbacks: [callback] };
}
