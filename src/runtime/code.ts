/** @file Chooses an engine's code: instructions of 128 or 256 bits, and the register tile. Neither changes a result. */
import type { TileSize } from "../codegen/index.js";
import { describeValue, UsageError } from "../util/index.js";
import { detectRelaxedSimd } from "./capabilities.js";
import { bequeath, inherited } from "./nodeModules.js";
import { findWrongForm } from "./compilerCheck.js";
import { best, prepareMeter, TILES, type Peak } from "./tileMeter.js";
import { findWideCompiler, type Compile } from "./wideCompiler.js";

/** Bits of the instructions that multiply matrices. */
export type SimdBits = 128 | 256;

export interface CodeOptions {
  /** Uses fused multiply-add; by default if the machine has it. */
  readonly relaxedSimd?: boolean | undefined;
  /**
   * Bits of the instructions that multiply matrices and convolve. By default 256 where V8 can make them (Node
   * 24 and later, by an experimental flag that is on while these parts of a program are compiled), they give
   * the same bits as those of 128, and are faster; else 128. It changes speed, never a result.
   */
  readonly simdBits?: SimdBits | undefined;
}

export interface Code {
  readonly relaxed: boolean;
  readonly bits: SimdBits;
  readonly tile: TileSize;
  /** What an engine's description says about the bits: nothing where there are but 128. */
  readonly note: string;
}

/** What a process found out about its machine. */
export interface Findings {
  /** The best tile for instructions of so many bits; for 256 only if they are to be used. */
  readonly tiles: { readonly 128: TileSize; readonly 256?: TileSize };
  /** Why 256 bits are not to be used though V8 can make them. */
  readonly refusal?: string;
}

/** A tile of more rows loads less for each product: it wins unless it is slower than by chance. */
const TOLERANCE = 0.95;
/** What is less faster is no gain for a whole program. */
const CLEARLY = 1.2;
/** Rounds until V8 has compiled what it runs often; code that is compiled at once needs fewer. */
const ROUNDS = { 128: 200, 256: 40 } as const;

/**
 * Which tiles to use.
 *
 * @param rates - how fast tiles are, by the bits of their instructions
 * @param findWrong - looks for a function that 256 bits compute wrongly, and returns its name
 */
export function decide(
  rates: Readonly<Record<SimdBits, readonly Peak[]>>,
  findWrong: () => string | undefined,
): Findings {
  const tiles = { 128: largest(rates[128]) };
  if (best(rates[256]).gigaflops < CLEARLY * best(rates[128]).gigaflops) {
    return { tiles, refusal: "256 are not faster" };
  }
  const wrong = findWrong();
  if (wrong !== undefined) return { tiles, refusal: `256 compute ${wrong} wrongly` };
  return { tiles: { ...tiles, 256: largest(rates[256]) } };
}

/** The tile of most rows among the fastest. */
function largest(rates: readonly Peak[]): TileSize {
  const enough = TOLERANCE * best(rates).gigaflops;
  const fitting = rates.filter(({ gigaflops }) => gigaflops >= enough).map(({ tile }) => tile);
  return fitting.reduce((one, other) => (other.rows > one.rows ? other : one));
}

function measure(bits: SimdBits, compile?: Compile): readonly Peak[] {
  // The clock decides between codes that give the same bits: results do not depend on it.
  // eslint-disable-next-line no-restricted-globals
  const clock = (): number => performance.now();
  return prepareMeter(TILES[bits], { clock, compile })(ROUNDS[bits]);
}

function investigate(): Findings {
  const relaxed = detectRelaxedSimd();
  const compile = relaxed ? findWideCompiler() : undefined;
  const usual = measure(128);
  if (compile === undefined) return { tiles: { 128: largest(usual) } };
  const rates = { 128: usual, 256: measure(256, compile) };
  return decide(rates, () => findWrongForm(compile, relaxed));
}

const KEY = "holdout: what is known of the machine";

/** Found out once a process: threads that are started later inherit it. */
function findings(): Findings {
  const known = inherited(KEY) ?? here;
  if (known !== undefined) return known as Findings;
  here = investigate();
  bequeath(KEY, here);
  return here;
}
let here: Findings | undefined;

/** Finds out what engines must know of the machine, now, so that threads started later inherit it. */
export function examineMachine(): void {
  findings();
}

/**
 * The code that an engine of these options uses.
 *
 * @throws UsageError where WebAssembly has not what is asked for
 */
export function chooseCode({ relaxedSimd, simdBits }: CodeOptions): Code {
  const available = detectRelaxedSimd();
  if (relaxedSimd === true && !available) {
    throw new UsageError("Engine: relaxedSimd must be supported here; it is not. Leave it out.");
  }
  const relaxed = relaxedSimd ?? available;
  if (simdBits !== undefined && !Object.hasOwn(TILES, simdBits)) {
    throw new UsageError(`Engine: simdBits must be 128 or 256; got ${describeValue(simdBits)}.`);
  }
  const { tiles, refusal } = findings();
  const wide = relaxed ? tiles[256] : undefined;
  if (simdBits === 256 && wide === undefined) {
    const reason = relaxed ? (refusal ?? "V8 has no others here") : "others need relaxed SIMD";
    throw new UsageError(`Engine: simdBits must be 128; got 256 (${reason}). Leave it out.`);
  }
  if (wide !== undefined && simdBits !== 128) {
    return { relaxed, bits: 256, tile: wide, note: ", 256 bits" };
  }
  const why = refusal === undefined ? "" : ` (${refusal})`;
  const note = wide === undefined && refusal === undefined ? "" : `, 128 bits${why}`;
  return { relaxed, bits: 128, tile: tiles[128], note };
}
