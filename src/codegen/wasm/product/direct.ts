/** @file Which products need no epilogue. */
import type { ProductKernel, Store } from "../../kernel.js";

/** The only store, if it keeps the product as it is: then the product is written straight into it. */
export function directStore({ stores }: ProductKernel): Store | undefined {
  const [first] = stores;
  return stores.length === 1 && first.value.kind === "accumulated" ? first : undefined;
}
