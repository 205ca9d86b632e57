/** @file Reduces the learning rate when a score has stopped improving. */
import { checkParameter, integer, real } from "../../util/index.js";
import { checkOptionNames } from "../options.js";
import type { Callback } from "./define.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";
import {
  PLATEAU_DEFAULTS,
  PLATEAU_START,
  plateauRule,
  type PlateauOptions,
  type PlateauState,
} from "./plateauRule.js";

/** Of the rule, and of what it watches. */
export type ReduceOnPlateauOptions = MonitorOptions & Partial<Omit<PlateauOptions, "mode">>;

const numbers = {
  factor: real({ min: 0, minOpen: true, max: 1, maxOpen: true, default: PLATEAU_DEFAULTS.factor }),
  patience: integer({ min: 0, default: PLATEAU_DEFAULTS.patience }),
  minDelta: real({ min: 0, default: PLATEAU_DEFAULTS.minDelta }),
  cooldown: integer({ min: 0, default: PLATEAU_DEFAULTS.cooldown }),
  minLearningRate: real({ min: 0, default: PLATEAU_DEFAULTS.minLearningRate }),
};

const WHO = "ReduceOnPlateau";

function checkRule(options: ReduceOnPlateauOptions): Omit<PlateauOptions, "mode"> {
  checkOptionNames(WHO, options, ["monitor", "mode", ...Object.keys(numbers)]);
  const checked = (name: keyof typeof numbers): number =>
    checkParameter(WHO, name, numbers[name], options[name] ?? numbers[name].default);
  return {
    factor: checked("factor"),
    patience: checked("patience"),
    minDelta: checked("minDelta"),
    cooldown: checked("cooldown"),
    minLearningRate: checked("minLearningRate"),
  };
}

/**
 * Multiplies the learning rate by `factor` once the monitored score has not improved for `patience`
 * epochs: Keras' `ReduceLROnPlateau`, with its rule and defaults (factor 0.1, patience 10, minDelta 1e-4);
 * see {@link plateauRule}. Where the optimizer has a schedule, the schedule's rate is multiplied.
 *
 * @example reduceOnPlateau({ factor: 0.5, patience: 3 })
 * @throws UsageError for an option out of range; from `fit`, if the training has no such score
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Callback {
  const rule = checkRule(options);
  return {
    name: "reduceOnPlateau",
    start: (control, plan) => {
      const monitor = createMonitor(WHO, options, plan);
      let state: PlateauState = PLATEAU_START;
      return {
        onEpochEnd: (epoch) => {
          const before = control.learningRate();
          const seen = { score: monitor.read(epoch), learningRate: before };
          const after = plateauRule(state, seen, { ...rule, mode: monitor.mode });
          state = after.state;
          if (after.learningRate !== before) control.setLearningRate(after.learningRate);
        },
        memory: () => ({ values: { best: null, ...state }, arrays: {} }),
        restore: ({ values: { best, wait, cooling } }) => {
          const counts = { wait: wait as number, cooling: cooling as number };
          state = best === null ? counts : { best: best as number, ...counts };
        },
      };
    },
  };
}
