/** @file MNIST: where it is found and the checksums by which it is known. */
import type { DataAccess } from "./access.js";
import { loadIdxCollection, type IdxCollection, type IdxParts } from "./idxCollection.js";

/** The MNIST handwritten digits of LeCun, Cortes and Burges. */
const MNIST: IdxCollection = {
  name: "mnist",
  title: "MNIST",
  classes: 10,
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  checksums: {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
};

/**
 * MNIST: 60,000 rows to train on and 10,000 to test, 28 x 28 bytes each, ten classes.
 *
 * @throws UsageError see {@link loadIdxCollection}
 * @see LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition,
 * Proceedings of the IEEE 86 (1998) 2278-2324
 */
export const mnist = (access: DataAccess): Promise<IdxParts> => loadIdxCollection(MNIST, access);
