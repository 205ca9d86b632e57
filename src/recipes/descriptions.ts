/** @file What the keys of a recipe file mean, for the comments of files and for editors. */

/** By path, the names of keys joined by points. */
export const descriptions = {
  data:
    "The data set, by name. trainRows: how many rows to train on. digits are drawn here, from a seed and with " +
    "labelNoise if wanted; mnist is read from files or downloaded once.",
  split:
    "Which rows validate: scikit-learn's train_test_split. validation: a share in (0, 1) or a number of rows, else " +
    "as the data set says; seed: its random_state.",
  preprocessing:
    'What is done to features: "scale" (default), bytes of images to [0, 1]; or "standardize", mean 0 and standard ' +
    "deviation 1 of each feature over the training rows.",
  model: "The network: its layers, in order. The last one gives the prediction.",
  training: "How every arm is trained, but for its techniques.",
  "training.optimizer": "What moves the weights; learningRate is a number or a schedule.",
  "training.loss": "What is minimized: the name of a loss, or a loss with its parameters.",
  "training.classWeights": "By how much the rows of each class count in what is minimized.",
  "training.augmentation": "Changes of training batches, in this order.",
  "training.averaging": "An average of weights, which is what is scored and kept.",
  "training.earlyStopping": "When to end before the last epoch, and with which weights.",
  "training.epochs": "Passes over the training rows.",
  "training.batchSize": "Rows of one update.",
  ensemble:
    "Several networks in the place of one, whose probabilities are averaged: trained from different seeds (deep), or " +
    "taken at the ends of the cycles of one training (snapshots).",
  predictionSamples: "Outputs with noise on that are averaged for each prediction; 0 for none.",
  arms:
    "What is compared: techniques as on the command line, the first arm is the baseline. " +
    '"holdout techniques" lists them.',
  seeds:
    "Trainings of each arm, with the seeds 1, 2, 3, ...; with fewer than three no arm gets a verdict.",
} as const;

export type Described = keyof typeof descriptions;
