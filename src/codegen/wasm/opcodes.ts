/**
 * @file The WebAssembly instructions that the backend uses (WebAssembly Core Specification 2.0; relaxed
 * SIMD 2023; threads 2023).
 */

interface Encoding {
  readonly code: number;
  readonly prefix?: "simd" | "atomic";
  /** Base-two logarithm of the alignment promised for a memory access: 2 for 4 bytes. */
  readonly align?: number;
}

const table = {
  "i32.eqz": { code: 0x45 },
  "i32.eq": { code: 0x46 },
  "i32.ne": { code: 0x47 },
  "i32.lt_s": { code: 0x48 },
  "i32.lt_u": { code: 0x49 },
  "i32.gt_u": { code: 0x4b },
  "i32.add": { code: 0x6a },
  "i32.sub": { code: 0x6b },
  "i32.mul": { code: 0x6c },
  "i32.div_u": { code: 0x6e },
  "i32.rem_u": { code: 0x70 },
  "i32.and": { code: 0x71 },
  "i32.or": { code: 0x72 },
  "i32.shl": { code: 0x74 },
  "i32.shr_u": { code: 0x76 },
  unreachable: { code: 0x00 },
  drop: { code: 0x1a },
  select: { code: 0x1b },
  return: { code: 0x0f },
  "i32.load": { code: 0x28, align: 2 },
  "i32.load8_u": { code: 0x2d, align: 0 },
  "i32.store": { code: 0x36, align: 2 },
  "i32.store8": { code: 0x3a, align: 0 },
  "v128.load": { code: 0x00, prefix: "simd", align: 2 },
  "v128.load32_splat": { code: 0x09, prefix: "simd", align: 2 },
  "v128.store": { code: 0x0b, prefix: "simd", align: 2 },
  "v128.load32_zero": { code: 0x5c, prefix: "simd", align: 2 },
  "v128.load32_lane": { code: 0x56, prefix: "simd", align: 2 },
  "v128.store32_lane": { code: 0x5a, prefix: "simd", align: 2 },
  "i32x4.splat": { code: 0x11, prefix: "simd" },
  "i32x4.extract_lane": { code: 0x1b, prefix: "simd" },
  "i32x4.replace_lane": { code: 0x1c, prefix: "simd" },
  "i32x4.eq": { code: 0x37, prefix: "simd" },
  "i32x4.lt_s": { code: 0x39, prefix: "simd" },
  "i32x4.gt_s": { code: 0x3b, prefix: "simd" },
  "f32x4.eq": { code: 0x41, prefix: "simd" },
  "f32x4.lt": { code: 0x43, prefix: "simd" },
  "f32x4.gt": { code: 0x44, prefix: "simd" },
  "f32x4.le": { code: 0x45, prefix: "simd" },
  "f32x4.ge": { code: 0x46, prefix: "simd" },
  "v128.not": { code: 0x4d, prefix: "simd" },
  "v128.and": { code: 0x4e, prefix: "simd" },
  "v128.andnot": { code: 0x4f, prefix: "simd" },
  "v128.or": { code: 0x50, prefix: "simd" },
  "v128.xor": { code: 0x51, prefix: "simd" },
  "v128.bitselect": { code: 0x52, prefix: "simd" },
  "f32x4.floor": { code: 0x68, prefix: "simd" },
  "f32x4.nearest": { code: 0x6a, prefix: "simd" },
  "i16x8.extend_low_i8x16_u": { code: 0x89, prefix: "simd" },
  "i32x4.neg": { code: 0xa1, prefix: "simd" },
  "i32x4.extend_low_i16x8_u": { code: 0xa9, prefix: "simd" },
  "i32x4.shl": { code: 0xab, prefix: "simd" },
  "i32x4.shr_s": { code: 0xac, prefix: "simd" },
  "i32x4.shr_u": { code: 0xad, prefix: "simd" },
  "i32x4.add": { code: 0xae, prefix: "simd" },
  "i32x4.sub": { code: 0xb1, prefix: "simd" },
  "i32x4.mul": { code: 0xb5, prefix: "simd" },
  "i32x4.min_s": { code: 0xb6, prefix: "simd" },
  "i32x4.max_s": { code: 0xb8, prefix: "simd" },
  "f32x4.abs": { code: 0xe0, prefix: "simd" },
  "f32x4.neg": { code: 0xe1, prefix: "simd" },
  "f32x4.sqrt": { code: 0xe3, prefix: "simd" },
  "f32x4.add": { code: 0xe4, prefix: "simd" },
  "f32x4.sub": { code: 0xe5, prefix: "simd" },
  "f32x4.mul": { code: 0xe6, prefix: "simd" },
  "f32x4.div": { code: 0xe7, prefix: "simd" },
  "f32x4.min": { code: 0xe8, prefix: "simd" },
  "f32x4.max": { code: 0xe9, prefix: "simd" },
  "i32x4.trunc_sat_f32x4_s": { code: 0xf8, prefix: "simd" },
  "f32x4.convert_i32x4_s": { code: 0xfa, prefix: "simd" },
  "f32x4.relaxed_madd": { code: 0x105, prefix: "simd" },
  // Atomic accesses must promise the alignment of their size.
  "memory.atomic.notify": { code: 0x00, prefix: "atomic", align: 2 },
  "memory.atomic.wait32": { code: 0x01, prefix: "atomic", align: 2 },
  "i32.atomic.load": { code: 0x10, prefix: "atomic", align: 2 },
  "i32.atomic.store": { code: 0x17, prefix: "atomic", align: 2 },
  "i32.atomic.rmw.add": { code: 0x1e, prefix: "atomic", align: 2 },
} as const satisfies Record<string, Encoding>;

export type Opcode = keyof typeof table;
export const opcodes: Readonly<Record<Opcode, Encoding>> = table;
