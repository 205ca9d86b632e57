/** @file Who is measured, in which form, on how many threads; adding one is one entry here. */
import process from "node:process";

const node = (file) => [process.execPath, [`peers/${file}`]];
const python = (file, ...more) => [
  process.env.HOLDOUT_PYTHON ?? "python3",
  [`peers/${file}`, ...more],
];

/**
 * @typedef {object} Family
 * @property {string} name
 * @property {string} form - what the peer's program is told
 * @property {boolean} [isHoldout] - others are compared with it
 * @property {boolean} [needsPackages] - those of bench/package.json
 * @property {boolean} [isOptional] - measured with --all only; the reason is in docs/performance.md
 * @property {"one" | "any"} threads - whether it can use several
 * @property {(threads: number) => [string, string[]]} command
 */

/** @type {readonly Family[]} */
const families = [
  {
    name: "Holdout, WebAssembly",
    form: "wasm",
    isHoldout: true,
    threads: "any",
    command: () => node("holdout.js"),
  },
  {
    name: "Holdout, 128 bits",
    form: "wasm128",
    isHoldout: true,
    isOptional: true,
    threads: "any",
    command: () => node("holdout.js"),
  },
  {
    name: "Holdout, BLAS",
    form: "blas",
    isHoldout: true,
    threads: "any",
    command: () => node("holdout.js"),
  },
  {
    name: "jax-js, wasm",
    form: "wasm",
    needsPackages: true,
    threads: "one",
    command: () => node("jaxjs.js"),
  },
  {
    name: "TensorFlow.js, wasm",
    form: "wasm",
    needsPackages: true,
    threads: "one",
    command: () => node("tensorflow.js"),
  },
  {
    name: "TensorFlow.js, cpu",
    form: "cpu",
    needsPackages: true,
    threads: "one",
    command: () => node("tensorflow.js"),
  },
  {
    name: "PyTorch, eager",
    form: "eager",
    threads: "any",
    command: () => python("pytorch.py"),
  },
  {
    name: "PyTorch, compiled",
    form: "compiled",
    isOptional: true,
    threads: "any",
    command: () => python("pytorch.py"),
  },
  {
    name: "Keras on JAX, fit",
    form: "fit",
    threads: "any",
    command: (threads) => python("keras_jax.py", ...(threads === 1 ? ["--one-core"] : [])),
  },
  {
    name: "Keras on JAX, own loop",
    form: "loop",
    threads: "any",
    command: (threads) => python("keras_jax.py", ...(threads === 1 ? ["--one-core"] : [])),
  },
];

/** Settings that slow a library down, or give it other threads than the table says. */
const LIBRARY_SETTINGS = /^(OPENBLAS|GOTO|MKL|OMP|KMP|GOMP|BLIS|VECLIB|XLA|JAX|KERAS|TORCH|TF)_/;

function environment(threads) {
  const kept = Object.entries(process.env).filter(([name]) => !LIBRARY_SETTINGS.test(name));
  return {
    ...Object.fromEntries(kept),
    OMP_NUM_THREADS: String(threads),
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

const variant = (family, { threads, processes = 1, way }) => {
  const [file, args] = family.command(threads);
  return { ...family, file, args, threads, processes, way, env: environment(threads) };
};

/** The step of one network: on one thread, and on several where the peer can. */
function stepVariants(family, threads) {
  const counts = family.threads === "one" || threads === 1 ? [1] : [1, threads];
  return counts.map((count) => variant(family, { threads: count }));
}

/**
 * Many trainings: side by side, a core each; and one after the other on all cores, as a script would.
 * Holdout's own study is the first of the two.
 */
function studyVariants(family, threads) {
  if (family.isHoldout) {
    const study = { ...family, command: () => node("holdoutStudy.js") };
    return [variant(study, { threads, way: `${threads} worker threads of one study` })];
  }
  if (family.form === "fit") return [];
  const side = { threads: 1, processes: threads, way: `${threads} processes` };
  const after = { threads, way: "one after the other" };
  return (family.threads === "one" ? [side] : [side, after]).map((how) => variant(family, how));
}

/** @param peers - parts of the names to take; none for all */
export function listVariants(work, { peers, threads, all }) {
  const wanted = ({ name, isOptional }) =>
    (all || !isOptional) &&
    (peers.length === 0 || peers.some((part) => name.toLowerCase().includes(part.toLowerCase())));
  const list = work.trainings ? studyVariants : stepVariants;
  return families.filter(wanted).flatMap((family) => list(family, threads));
}
