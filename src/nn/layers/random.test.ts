/** @file Normal numbers: the quantile function against SciPy 1.10, and the distribution of what is drawn. */
import { describe, expect, it } from "vitest";
import { engines } from "../../../test/contract/engines.js";
import { momentsOf, normalErrors } from "../../../test/contract/noise.js";
import { expectClose } from "../../../test/contract/numbers.js";
import { ops, variable } from "../../graph/index.js";
import { drawNormal, twoSidedQuantile } from "./random.js";

/** scipy.stats.norm.isf(p / 2), from the smallest p that is drawn. */
const quantiles: readonly (readonly [p: number, z: number])[] = [
  [2 ** -32, 6.3379577545537895],
  [2 ** -25, 5.54259405780294],
  [2 ** -18, 4.621231001499247],
  [1e-4, 3.890591886413094],
  [6e-3, 2.7477813854449926],
  [7e-3, 2.6968442608781262],
  [0.05, 1.9599639845400545],
  [0.3, 1.0364333894937898],
  [0.5, 0.6744897501960817],
  [0.75, 0.31863936396437514],
  [0.99, 0.012533469508069276],
];

describe.each(engines)("the two-sided quantile of normal numbers on $name", ({ create }) => {
  it("is SciPy's to a millionth", async () => {
    const p = variable({ name: "p", shape: [quantiles.length] });
    const z = twoSidedQuantile(p);
    const engine = await create();
    const program = await engine.compile({ name: "quantile", outputs: [z] });
    // 0.99 is rounded to float32, where 1 - p has an error of 1e-8 / 0.01 already.
    engine.write(
      p,
      quantiles.map(([value]) => value),
    );
    program.run();
    expectClose(
      program.read(z),
      quantiles.map(([, value]) => value),
      { relative: 2e-6, absolute: 0 },
    );
  });

  it("does not jump where its two polynomials meet", async () => {
    // w = 5 where p (2 - p) = e^-5.
    const join = 1 - Math.sqrt(1 - Math.exp(-5));
    const p = variable({ name: "p", shape: [2] });
    const z = twoSidedQuantile(p);
    const engine = await create();
    const program = await engine.compile({ name: "quantile", outputs: [z] });
    engine.write(p, [join * (1 - 1e-6), join * (1 + 1e-6)]);
    program.run();
    const [below, above] = program.read(z);
    expect(Math.abs(below - above)).toBeLessThan(4e-6);
  });
});

/** scipy.stats.norm.ppf(i / 20), i from 11 to 19; the others are symmetric. */
const UPPER_EDGES = [
  0.12566134685507416, 0.2533471031357997, 0.38532046640756773, 0.5244005127080407,
  0.6744897501960817, 0.8416212335729143, 1.0364333894937898, 1.2815515655446004,
  1.6448536269514722,
];
const edges = [...UPPER_EDGES.map((z) => -z).reverse(), 0, ...UPPER_EDGES];
/** scipy.stats.chi2.isf(0.001, 19) */
const CHI_SQUARE_LIMIT = 43.82;

describe.each(engines)("normal numbers on $name", ({ create }) => {
  const rows = 64;
  const columns = 1000;
  const n = rows * columns;
  const draw = async (seed: number): Promise<number[]> => {
    const noise = { seed, step: ops.constant(4, "int32") };
    const z = drawNormal([rows, columns], { noise, name: "z" });
    const engine = await create();
    const program = await engine.compile({ name: "normal", outputs: [z] });
    program.run();
    return [...program.read(z)];
  };

  it("have mean 0, variance 1 and kurtosis 3, within five standard errors", async () => {
    const { mean, variance, kurtosis } = momentsOf(await draw(1));
    const allowed = normalErrors(n);
    expect(Math.abs(mean)).toBeLessThan(allowed.mean);
    expect(Math.abs(variance - 1)).toBeLessThan(allowed.variance);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(allowed.kurtosis);
  });

  it("fill twenty equally likely bins alike (chi-square, p = 0.001)", async () => {
    const counts = new Array<number>(20).fill(0);
    for (const z of await draw(2)) counts[edges.filter((edge) => edge < z).length]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 20) ** 2 / (n / 20), 0);
    expect(chiSquare).toBeLessThan(CHI_SQUARE_LIMIT);
  });

  it("are independent of their neighbours, along rows and columns", async () => {
    const values = await draw(3);
    for (const lag of [1, 4, 16, columns]) {
      const products = values.slice(lag).map((z, i) => z * values[i]);
      const mean = products.reduce((sum, product) => sum + product, 0) / products.length;
      expect(Math.abs(mean), `lag ${lag}`).toBeLessThan(5 / Math.sqrt(products.length));
    }
  });
});

describe("normal numbers", () => {
  it("are the same on every engine, but for rounding", async () => {
    const draws = await Promise.all(
      engines.map(async ({ create }) => {
        const noise = { seed: 5, step: ops.constant(1, "int32") };
        const z = drawNormal([7, 33], { noise, name: "z" });
        const engine = await create();
        const program = await engine.compile({ name: "normal", outputs: [z] });
        program.run();
        return [...program.read(z)];
      }),
    );
    draws[0].forEach((z, i) => {
      expect(Math.abs(z - draws[1][i])).toBeLessThan(2e-6 * (1 + Math.abs(z)));
    });
  });
});
