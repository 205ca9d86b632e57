/** @file Schedules against Keras 3.15.1 and PyTorch 2.13 (schedules.json, made by scripts/schedules.py). */
import { describeSchedule } from "../../../test/contract/describeSchedule.js";
import {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  piecewiseConstant,
  polynomialDecay,
  stepDecay,
} from "./all.js";

const FLOAT64 = { relative: 1e-12, absolute: 1e-15 };
/** Keras computes cosines, and rates from them, in float32 with JAX. */
const FLOAT32 = { relative: 1e-6, absolute: 2e-8 };
const initialLearningRate = 0.1;

describeSchedule("exponentialDecay", {
  make: exponentialDecay,
  golden: {
    exponential: exponentialDecay({ initialLearningRate, decaySteps: 50, decayRate: 0.5 }),
    exponential_staircase: exponentialDecay({
      initialLearningRate,
      decaySteps: 50,
      decayRate: 0.5,
      staircase: true,
    }),
  },
  tolerance: FLOAT64,
  sentences: [
    [
      { initialLearningRate, decaySteps: 5 },
      "ExponentialDecay: decayRate must be given; got nothing. It has no default.",
    ],
    [
      { initialLearningRate, decaySteps: 0, decayRate: 0.5 },
      "ExponentialDecay: decaySteps must be a whole number of at least 1; got 0.",
    ],
    [
      { initialLearningRate, decaySteps: 5, decayRate: 1.5 },
      "ExponentialDecay: decayRate must be a number in (0, 1]; got 1.5.",
    ],
  ],
});

describeSchedule("stepDecay", {
  make: stepDecay,
  golden: {
    step: stepDecay({ initialLearningRate, decaySteps: 30 }),
    step_gamma: stepDecay({ initialLearningRate, decaySteps: 7, decayRate: 0.8 }),
  },
  tolerance: FLOAT64,
  sentences: [
    [
      { initialLearningRate: 0, decaySteps: 5 },
      "StepDecay: initialLearningRate must be a number greater than 0; got 0.",
    ],
    [
      { initialLearningRate, decaySteps: 1.5 },
      "StepDecay: decaySteps must be a whole number of at least 1; got 1.5.",
    ],
  ],
});

describeSchedule("inverseTimeDecay", {
  make: inverseTimeDecay,
  golden: {
    inverse_time: inverseTimeDecay({ initialLearningRate, decaySteps: 50, decayRate: 0.5 }),
    inverse_time_staircase: inverseTimeDecay({
      initialLearningRate,
      decaySteps: 7,
      decayRate: 0.5,
      staircase: true,
    }),
  },
  tolerance: FLOAT64,
  sentences: [
    [
      { initialLearningRate, decaySteps: 5, decayRate: -1 },
      "InverseTimeDecay: decayRate must be a number of at least 0; got -1.",
    ],
  ],
});

describeSchedule("polynomialDecay", {
  make: polynomialDecay,
  golden: {
    polynomial: polynomialDecay({
      initialLearningRate,
      decaySteps: 100,
      endLearningRate: 0.001,
      power: 2.5,
    }),
    polynomial_linear: polynomialDecay({ initialLearningRate, decaySteps: 100 }),
  },
  tolerance: FLOAT64,
  sentences: [
    [
      { initialLearningRate, decaySteps: 5, power: 0 },
      "PolynomialDecay: power must be a number greater than 0; got 0.",
    ],
  ],
});

describeSchedule("piecewiseConstant", {
  make: piecewiseConstant,
  golden: { piecewise: piecewiseConstant({ boundaries: [10, 100], values: [1, 0.5, 0.1] }) },
  tolerance: FLOAT64,
  sentences: [
    [
      { boundaries: [10], values: [1] },
      "PiecewiseConstant: values must be one more than boundaries; got 1 for 1.",
    ],
    [
      { boundaries: [10, 10], values: [3, 2, 1] },
      "PiecewiseConstant: boundaries must increase; got [10, 10].",
    ],
    [
      { boundaries: [10], values: [1, -1] },
      "PiecewiseConstant: values[1] must be a number of at least 0; got -1.",
    ],
    [
      { boundaries: 10, values: [1, 2] },
      "PiecewiseConstant: boundaries must be a list of numbers; got 10.",
    ],
  ],
});

describeSchedule("cosineDecay", {
  make: cosineDecay,
  golden: {
    cosine: cosineDecay({ initialLearningRate, decaySteps: 100 }),
    cosine_alpha: cosineDecay({ initialLearningRate, decaySteps: 5000, alpha: 0.01 }),
    cosine_warmup: cosineDecay({
      initialLearningRate: 0.001,
      decaySteps: 90,
      alpha: 0.1,
      warmupTarget: 0.1,
      warmupSteps: 20,
    }),
  },
  tolerance: FLOAT32,
  sentences: [
    [
      { initialLearningRate, decaySteps: 5, alpha: 2 },
      "CosineDecay: alpha must be a number in [0, 1]; got 2.",
    ],
    [
      { initialLearningRate, decaySteps: 5, warmupSteps: 5 },
      "CosineDecay: warmupTarget and warmupSteps must be given together; got none and 5.",
    ],
    [
      { initialLearningRate: 0, decaySteps: 5 },
      "CosineDecay: initialLearningRate must be greater than 0 without a warm-up; got 0.",
    ],
  ],
});

describeSchedule("cosineDecayRestarts", {
  make: cosineDecayRestarts,
  golden: {
    restarts: cosineDecayRestarts({ initialLearningRate, firstDecaySteps: 10 }),
    restarts_equal: cosineDecayRestarts({
      initialLearningRate,
      firstDecaySteps: 13,
      tMul: 1,
      mMul: 0.9,
      alpha: 0.01,
    }),
    restarts_tripled: cosineDecayRestarts({
      initialLearningRate,
      firstDecaySteps: 4,
      tMul: 3,
      mMul: 0.5,
      alpha: 0.1,
    }),
  },
  tolerance: FLOAT32,
  sentences: [
    [
      { initialLearningRate, firstDecaySteps: 5, tMul: 1.5 },
      "CosineDecayRestarts: tMul must be a whole number of at least 1; got 1.5.",
    ],
    [
      { initialLearningRate, firstDecaySteps: 5, mMul: 0 },
      "CosineDecayRestarts: mMul must be a number in (0, 1]; got 0.",
    ],
  ],
});

describeSchedule("oneCycle", {
  make: oneCycle,
  golden: {
    one_cycle: oneCycle({ maxLearningRate: 0.1, totalSteps: 100 }),
    one_cycle_options: oneCycle({
      maxLearningRate: 0.5,
      totalSteps: 120,
      warmupFraction: 0.5,
      divFactor: 10,
      finalDivFactor: 100,
    }),
  },
  tolerance: { relative: 1e-11, absolute: 1e-13 },
  sentences: [
    [
      { maxLearningRate: 0.1, totalSteps: 3, warmupFraction: 0.3 },
      "OneCycle: warmupFraction times totalSteps must be greater than 1; got 0.3 times 3.",
    ],
    [
      { maxLearningRate: 0.1, totalSteps: 100, warmupFraction: 1 },
      "OneCycle: warmupFraction must be a number in (0, 1); got 1.",
    ],
  ],
});
