import { describe, expect, it } from "vitest";
import { encodeModule, FunctionBody, ImportedFunction, signed, unsigned } from "./assembler.js";

const MEMORY = { minimum: 1, maximum: 1, shared: false };

function run(build: (body: FunctionBody) => void): DataView {
  const body = new FunctionBody("run", []);
  build(body);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const module = new WebAssembly.Module(encodeModule([body], MEMORY));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  (instance.exports.run as () => void)();
  return new DataView(memory.buffer);
}

describe("LEB128", () => {
  // Examples of the DWARF standard, version 4, figures 22 and 23.
  it("encodes unsigned numbers as the standard's examples", () => {
    expect(unsigned(2)).toEqual([2]);
    expect(unsigned(127)).toEqual([127]);
    expect(unsigned(128)).toEqual([0x80, 1]);
    expect(unsigned(129)).toEqual([0x81, 1]);
    expect(unsigned(12857)).toEqual([0xb9, 100]);
  });

  it("encodes signed numbers as the standard's examples", () => {
    expect(signed(-2)).toEqual([0x7e]);
    expect(signed(127)).toEqual([0xff, 0]);
    expect(signed(-127)).toEqual([0x81, 0x7f]);
    expect(signed(128)).toEqual([0x80, 1]);
    expect(signed(-128)).toEqual([0x80, 0x7f]);
    expect(signed(129)).toEqual([0x81, 1]);
  });
});

describe("encodeModule", () => {
  it("stores a constant at an address", () => {
    const view = run((body) => body.i32(8).i32(-123456).memory("i32.store", 4));
    expect(view.getInt32(12, true)).toBe(-123456);
  });

  it("repeats a loop while its condition holds", () => {
    const view = run((body) => {
      const i = body.local("i32");
      body.loopWhile(() => {
        body.get(i).i32(1).op("i32.add").tee(i).i32(10).op("i32.lt_u");
      });
      body.i32(0).get(i).memory("i32.store", 0);
    });
    expect(view.getInt32(0, true)).toBe(10);
  });

  it("computes on four lanes", () => {
    const view = run((body) => {
      body.i32(0).vectorI32([1, 2, 3, 4]).splatI32(10).op("i32x4.mul").memory("v128.store", 16);
    });
    expect([0, 1, 2, 3].map((lane) => view.getInt32(16 + 4 * lane, true))).toEqual([
      10, 20, 30, 40,
    ]);
  });

  it("calls functions and skips what a condition excludes", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const callee = new FunctionBody("callee", ["i32"]);
    callee.get(callee.parameters[0]);
    callee.when(() => callee.i32(0).get(callee.parameters[0]).memory("i32.store", 0));
    const caller = new FunctionBody("run", []);
    caller.i32(7).call(callee).i32(0).call(callee);
    const module = new WebAssembly.Module(encodeModule([callee, caller], MEMORY));
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    (instance.exports.run as () => void)();
    expect(new Int32Array(memory.buffer)[0]).toBe(7);
  });

  it("calls imported functions too, with their arguments in order", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const given: number[][] = [];
    const listen = (...numbers: number[]): void => void given.push(numbers);
    const imported = new ImportedFunction("listen", ["i32", "i32", "i32"]);
    const caller = new FunctionBody("caller", []);
    caller.i32(1).i32(-2).i32(3).call(imported);
    const run = new FunctionBody("run", []);
    run.call(caller).call(caller);
    const module = new WebAssembly.Module(encodeModule([imported, caller, run], MEMORY));
    const instance = new WebAssembly.Instance(module, { env: { memory, listen } });
    (instance.exports.run as () => void)();
    expect(given).toEqual([
      [1, -2, 3],
      [1, -2, 3],
    ]);
  });

  it("calls a function of another module where only its name is imported", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const callee = new FunctionBody("callee", []);
    callee.i32(0).i32(11).memory("i32.store", 0);
    const run = new FunctionBody("run", []);
    run.call(callee);
    const other = new WebAssembly.Module(encodeModule([callee], MEMORY));
    const { exports } = new WebAssembly.Instance(other, { env: { memory } });
    const code = encodeModule([new ImportedFunction("callee", []), run], MEMORY);
    const env = { memory, ...exports };
    const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { env });
    (instance.exports.run as () => void)();
    expect(new Int32Array(memory.buffer)[0]).toBe(11);
  });

  it("refuses a call of a function that the module has not", () => {
    const run = new FunctionBody("run", []);
    run.call({ name: "nowhere" });
    expect(() => encodeModule([run], MEMORY)).toThrow("No function nowhere in the module.");
  });
});
