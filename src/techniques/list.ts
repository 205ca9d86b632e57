/** @file The techniques that Holdout knows; a new one adds its line here. */
import type { Technique } from "./define.js";
import { augmentation } from "./augmentation.js";
import { batchNorm } from "./batchNorm.js";
import { cutmix } from "./cutmix.js";
import { dropConnect } from "./dropConnect.js";
import { dropout } from "./dropout.js";
import { earlyStopping } from "./earlyStopping.js";
import { elasticNet } from "./elasticNet.js";
import { ema } from "./ema.js";
import { ensemble } from "./ensemble.js";
import { fewerParameters } from "./fewerParameters.js";
import { gaussianDropout } from "./gaussianDropout.js";
import { gaussianNoise } from "./gaussianNoise.js";
import { gradientClipping } from "./gradientClipping.js";
import { l1 } from "./l1.js";
import { l2 } from "./l2.js";
import { labelSmoothing } from "./labelSmoothing.js";
import { layerNorm } from "./layerNorm.js";
import { maxNorm } from "./maxNorm.js";
import { mcDropout } from "./mcDropout.js";
import { mixup } from "./mixup.js";
import { none } from "./none.js";
import { sam } from "./sam.js";
import { snapshotEnsemble } from "./snapshotEnsemble.js";
import { spatialDropout } from "./spatialDropout.js";
import { stochasticDepth } from "./stochasticDepth.js";
import { swa } from "./swa.js";
import { weightDecay } from "./weightDecay.js";

/** Grouped by what they change: nothing, weights, activations, targets and rows, the training, predictions, the model. */
export const techniques: readonly Technique[] = [
  none,
  l1,
  l2,
  elasticNet,
  weightDecay,
  maxNorm,
  dropout,
  spatialDropout,
  gaussianDropout,
  gaussianNoise,
  dropConnect,
  stochasticDepth,
  batchNorm,
  layerNorm,
  labelSmoothing,
  mixup,
  cutmix,
  augmentation,
  earlyStopping,
  gradientClipping,
  sam,
  swa,
  ema,
  ensemble,
  snapshotEnsemble,
  mcDropout,
  fewerParameters,
];
