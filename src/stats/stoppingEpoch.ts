/** @file Where Prechelt's criteria GL, PQ and UP stop a training, read from its error curves. */
import { checkParameter, integer, real } from "../util/index.js";
import { checkErrors, generalizationLoss, progressQuotient, STRIP } from "./prechelt.js";

const SUCCESSIVE = integer({ min: 1, default: 3 });
const THRESHOLD = real({ min: 0, default: 5 });

/** Prechelt's criteria: GL and PQ with their threshold alpha, UP with the number of rises. */
export type StoppingCriterion =
  | { readonly kind: "GL"; readonly threshold: number }
  | { readonly kind: "PQ"; readonly threshold: number; readonly strip?: number }
  | { readonly kind: "UP"; readonly successive: number; readonly strip?: number };

interface Curves {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** The first epoch that ends a strip and satisfies the condition. */
function firstStripEnd(
  epochs: number,
  { strip, holds }: { strip: number; holds: (epoch: number) => boolean },
): number | undefined {
  for (let epoch = strip; epoch <= epochs; epoch += strip) if (holds(epoch)) return epoch;
  return undefined;
}

function generalizationEpoch({ validation }: Curves, threshold: number): number | undefined {
  const index = generalizationLoss(validation).findIndex((loss) => loss > threshold);
  return index < 0 ? undefined : index + 1;
}

function quotientEpoch(
  curves: Curves,
  { threshold, strip }: { threshold: number; strip: number },
): number | undefined {
  const quotient = progressQuotient(curves, { strip });
  return firstStripEnd(quotient.length, {
    strip,
    holds: (epoch) => quotient[epoch - 1] > threshold,
  });
}

function risingEpoch(
  { validation }: Curves,
  { successive, strip }: { successive: number; strip: number },
): number | undefined {
  checkErrors("stoppingEpoch", validation);
  let rises = 0;
  return firstStripEnd(validation.length, {
    strip,
    holds: (epoch) => {
      const rose = epoch > strip && validation[epoch - 1] > validation[epoch - strip - 1];
      rises = rose ? rises + 1 : 0;
      return rises >= successive;
    },
  });
}

const stripOf = ({ strip }: { strip?: number }): number =>
  checkParameter("stoppingEpoch", "strip", STRIP, strip ?? STRIP.default);

const threshold = (criterion: { threshold: number }): number =>
  checkParameter("stoppingEpoch", "threshold", THRESHOLD, criterion.threshold);

/**
 * The epoch, counted from 1, after which the criterion stops; undefined if the curves end before.
 *
 * GL is looked at after each epoch; PQ and UP at the end of each strip (default 5 epochs). UP_s stops when
 * the validation error rose in s successive strips. Each needs a maximum number of epochs beside it. Prechelt
 * found that slower criteria generalize about 4 % better and train about four times as long.
 *
 * @param curves - errors after each epoch, above 0: plain losses, without penalties
 * @throws UsageError if an error is not finite or not above 0, the curves differ in length, or a parameter
 * of the criterion is out of range.
 * @see Prechelt, Early stopping - but when?, Neural Networks: Tricks of the Trade, 1998
 */
export function stoppingEpoch(curves: Curves, criterion: StoppingCriterion): number | undefined {
  switch (criterion.kind) {
    case "GL":
      return generalizationEpoch(curves, threshold(criterion));
    case "PQ":
      return quotientEpoch(curves, { threshold: threshold(criterion), strip: stripOf(criterion) });
    case "UP":
      return risingEpoch(curves, {
        successive: checkParameter("stoppingEpoch", "successive", SUCCESSIVE, criterion.successive),
        strip: stripOf(criterion),
      });
  }
}
