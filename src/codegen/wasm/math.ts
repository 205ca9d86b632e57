/**
 * @file Elementary functions as straight-line vector code. Polynomials: Moshier, Cephes Mathematical
 * Library, single precision (expf.c, logf.c, tanhf.c, 1987); errors stay under 2 units in the last place,
 * under 6 in erfc, whose polynomial is a minimax fit of our own.
 */
import type { UnaryName } from "../../graph/index.js";
import type { FunctionBody, Local } from "./assembler.js";
import type { Opcode } from "./opcodes.js";

/** What the code generator may use. */
export interface Target {
  /** Fused multiply-add is there (relaxed SIMD): one rounding instead of two. */
  readonly relaxed: boolean;
}

const LOG2_E = Math.LOG2E;
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;
/** Below this e^x is subnormal. */
const EXP_LOWEST = -87.33654;
const EXP_COEFFICIENTS = [
  1.98756915e-4, 1.39819995e-3, 8.33345191e-3, 4.16657959e-2, 1.66666655e-1, 5.00000012e-1,
];
const LOG_COEFFICIENTS = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
const TANH_COEFFICIENTS = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
];
/** e^(x^2) erfc(x) (1 + 2x) for x in [0, 10.2] as a polynomial in (x - 4) / (x + 4). */
const ERFC_COEFFICIENTS = [
  8.71813739e-4, 6.98327832e-3, -1.59338173e-2, 3.64133976e-2, -6.66272864e-2, 9.38232914e-2,
  -1.00991167e-1, 6.80931434e-2, 1.53773576e-2, -1.39621064e-1, 1.23299515,
];
/** Beyond it erfc is subnormal. */
const ERFC_LARGEST = 10;
/** Clears the lower half of a float's digits, so that squares of the rest are exact. */
const UPPER_DIGITS = -4096;
const SMALLEST_NORMAL = 1.17549435e-38;

/** Emits a * b + c for the three vectors on the stack. */
export function multiplyAdd(body: FunctionBody, { relaxed }: Target): void {
  if (relaxed) {
    body.op("f32x4.relaxed_madd");
    return;
  }
  const addend = body.local("v128");
  body.set(addend).op("f32x4.mul").get(addend).op("f32x4.add");
}

/** Emits the polynomial in x with the given coefficients, highest power first (Horner's scheme). */
function polynomial(
  body: FunctionBody,
  x: Local,
  options: { target: Target; coefficients: readonly number[] },
): void {
  const [highest, ...rest] = options.coefficients;
  body.splatF32(highest);
  for (const coefficient of rest) {
    body.get(x).splatF32(coefficient);
    multiplyAdd(body, options.target);
  }
}

function toLocal(body: FunctionBody): Local {
  const local = body.local("v128");
  body.set(local);
  return local;
}

/** 2^n for a vector of whole numbers in [-126, 127]. */
function powerOfTwo(body: FunctionBody, exponent: Local): void {
  body.get(exponent).splatI32(127).op("i32x4.add").i32(23).op("i32x4.shl");
}

/** e^r - 1 for |r| <= ln(2) / 2: r + r^2 * p(r). */
function expm1Reduced(body: FunctionBody, r: Local, target: Target): void {
  polynomial(body, r, { target, coefficients: EXP_COEFFICIENTS });
  body.get(r).get(r).op("f32x4.mul").get(r);
  multiplyAdd(body, target);
}

function exp(body: FunctionBody, target: Target): void {
  const x = toLocal(body);
  // Past the ends the result is infinite or zero whatever the exact value: clamping keeps n small.
  body.get(x).splatF32(89).op("f32x4.min").splatF32(-88).op("f32x4.max");
  const clamped = toLocal(body);
  body.get(clamped).splatF32(LOG2_E).op("f32x4.mul").op("f32x4.nearest");
  const n = toLocal(body);
  body.get(n).splatF32(-LN2_HIGH).get(clamped);
  multiplyAdd(body, target);
  const high = toLocal(body);
  body.get(n).splatF32(-LN2_LOW).get(high);
  multiplyAdd(body, target);
  const r = toLocal(body);
  expm1Reduced(body, r, target);
  body.splatF32(1).op("f32x4.add");
  // 2^n in two factors, since n reaches 128.
  body.get(n).op("i32x4.trunc_sat_f32x4_s");
  const whole = toLocal(body);
  body.get(whole).i32(1).op("i32x4.shr_s");
  const half = toLocal(body);
  powerOfTwo(body, half);
  body.op("f32x4.mul").get(whole).get(half).op("i32x4.sub");
  const otherHalf = toLocal(body);
  powerOfTwo(body, otherHalf);
  body.op("f32x4.mul");
  body.get(x).splatF32(EXP_LOWEST).op("f32x4.lt").op("v128.andnot");
}

function expm1(body: FunctionBody, target: Target): void {
  const x = toLocal(body);
  expm1Reduced(body, x, target);
  body.get(x);
  exp(body, target);
  body.splatF32(1).op("f32x4.sub");
  body.get(x).op("f32x4.abs").splatF32(0.3465).op("f32x4.lt").op("v128.bitselect");
}

function log(body: FunctionBody, target: Target): void {
  const given = toLocal(body);
  body.get(given).splatF32(SMALLEST_NORMAL).op("f32x4.lt");
  const subnormal = toLocal(body);
  body
    .get(given)
    .splatF32(2 ** 23)
    .op("f32x4.mul")
    .get(given)
    .get(subnormal)
    .op("v128.bitselect");
  const x = toLocal(body);
  // x = m * 2^e with m in [sqrt(1/2), sqrt(2)).
  body.get(x).splatI32(0x007fffff).op("v128.and").splatI32(0x3f000000).op("v128.or");
  const mantissa = toLocal(body);
  body.get(x).i32(23).op("i32x4.shr_u").splatI32(126).op("i32x4.sub");
  body.get(subnormal).splatI32(23).op("v128.and").op("i32x4.sub").op("f32x4.convert_i32x4_s");
  const exponent = toLocal(body);
  body.get(mantissa).splatF32(Math.SQRT1_2).op("f32x4.lt");
  const low = toLocal(body);
  body.get(exponent).splatF32(1).get(low).op("v128.and").op("f32x4.sub");
  const e = toLocal(body);
  body
    .get(mantissa)
    .splatF32(1)
    .op("f32x4.sub")
    .get(mantissa)
    .get(low)
    .op("v128.and")
    .op("f32x4.add");
  const m = toLocal(body);
  body.get(m).get(m).op("f32x4.mul");
  const square = toLocal(body);
  polynomial(body, m, { target, coefficients: LOG_COEFFICIENTS });
  body.get(m).op("f32x4.mul").get(square).op("f32x4.mul");
  const series = toLocal(body);
  body.get(e).splatF32(LN2_LOW).get(series);
  multiplyAdd(body, target);
  const corrected = toLocal(body);
  body.get(square).splatF32(-0.5).get(corrected);
  multiplyAdd(body, target);
  body.get(m).op("f32x4.add");
  const sum = toLocal(body);
  body.get(e).splatF32(LN2_HIGH).get(sum);
  multiplyAdd(body, target);
  logEdges(body, given);
}

/** log at infinity, at 0 and below, and NaN, around the value on the stack. */
function logEdges(body: FunctionBody, x: Local): void {
  const value = toLocal(body);
  // Infinity and NaN are their own logarithms.
  body.get(value).get(x).get(x).splatF32(Infinity).op("f32x4.lt").op("v128.bitselect");
  const upper = toLocal(body);
  body.splatF32(-Infinity).get(upper).get(x).splatF32(0).op("f32x4.eq").op("v128.bitselect");
  const atZero = toLocal(body);
  body.splatF32(NaN).get(atZero).get(x).splatF32(0).op("f32x4.lt").op("v128.bitselect");
}

function sigmoid(body: FunctionBody, target: Target): void {
  body.op("f32x4.neg");
  exp(body, target);
  body.splatF32(1).op("f32x4.add");
  const denominator = toLocal(body);
  body.splatF32(1).get(denominator).op("f32x4.div");
}

function tanh(body: FunctionBody, target: Target): void {
  const x = toLocal(body);
  body.get(x).op("f32x4.abs");
  const magnitude = toLocal(body);
  // Near 0 an odd polynomial; beyond, 1 - 2 / (e^2|x| + 1) with the sign of x.
  body.get(x).get(x).op("f32x4.mul");
  const square = toLocal(body);
  polynomial(body, square, { target, coefficients: TANH_COEFFICIENTS });
  body.get(square).op("f32x4.mul").get(x).get(x);
  multiplyAdd(body, target);
  body.get(magnitude).get(magnitude).op("f32x4.add");
  exp(body, target);
  body.splatF32(1).op("f32x4.add");
  const denominator = toLocal(body);
  body.splatF32(1).splatF32(2).get(denominator).op("f32x4.div").op("f32x4.sub");
  body.get(x).splatI32(-0x80000000).op("v128.and").op("v128.or");
  body.get(magnitude).splatF32(0.625).op("f32x4.lt").op("v128.bitselect");
}

/** x^2 as a sum: the rounded square, left on the stack, and what it lacks. */
function exactSquare(body: FunctionBody, x: Local): { readonly lacking: Local } {
  body.get(x).get(x).op("f32x4.mul");
  const square = toLocal(body);
  body.get(x).splatI32(UPPER_DIGITS).op("v128.and");
  const upper = toLocal(body);
  body.get(x).get(upper).op("f32x4.sub");
  const lower = toLocal(body);
  body.get(upper).get(upper).op("f32x4.mul").get(square).op("f32x4.sub");
  body.get(upper).get(upper).op("f32x4.add").get(lower).op("f32x4.mul").op("f32x4.add");
  body.get(lower).get(lower).op("f32x4.mul").op("f32x4.add");
  const lacking = toLocal(body);
  body.get(square);
  return { lacking };
}

/** e^-x^2 times a polynomial over 1 + 2x, for |x|; 2 minus it below 0. */
function erfc(body: FunctionBody, target: Target): void {
  const given = toLocal(body);
  body.get(given).op("f32x4.abs").splatF32(ERFC_LARGEST).op("f32x4.min");
  const x = toLocal(body);
  body.get(x).splatF32(4).op("f32x4.sub").get(x).splatF32(4).op("f32x4.add").op("f32x4.div");
  const t = toLocal(body);
  // An error of x^2 by one digit would be x^2 digits of the exponential.
  const { lacking } = exactSquare(body, x);
  body.op("f32x4.neg");
  exp(body, target);
  const exponential = toLocal(body);
  body.get(exponential).get(exponential).get(lacking).op("f32x4.mul").op("f32x4.sub");
  polynomial(body, t, { target, coefficients: ERFC_COEFFICIENTS });
  body.get(x).get(x).op("f32x4.add").splatF32(1).op("f32x4.add").op("f32x4.div").op("f32x4.mul");
  const upper = toLocal(body);
  body.splatF32(2).get(upper).op("f32x4.sub").get(upper);
  body.get(given).splatF32(0).op("f32x4.lt").op("v128.bitselect");
}

/** max(x, 0) + log(w) + (u - (w - 1)) / w with u = e^-|x| and w = 1 + u, rounded: no digit of u is lost. */
function softplus(body: FunctionBody, target: Target): void {
  const x = toLocal(body);
  body.get(x).op("f32x4.abs").op("f32x4.neg");
  exp(body, target);
  const u = toLocal(body);
  body.splatF32(1).get(u).op("f32x4.add");
  const w = toLocal(body);
  body.get(u).get(w).splatF32(1).op("f32x4.sub").op("f32x4.sub").get(w).op("f32x4.div");
  body.get(w);
  log(body, target);
  body.op("f32x4.add").get(x).splatF32(0).op("f32x4.max").op("f32x4.add");
}

const instruction = (name: Opcode) => (body: FunctionBody) => void body.op(name);

/** Code for each unary operation on float32: takes the vector on the stack, leaves the result. */
export const unaryFloat: Readonly<Record<UnaryName, (body: FunctionBody, target: Target) => void>> =
  {
    absolute: instruction("f32x4.abs"),
    erfc,
    exp,
    expm1,
    log,
    negate: instruction("f32x4.neg"),
    sigmoid,
    softplus,
    sqrt: instruction("f32x4.sqrt"),
    tanh,
  };
