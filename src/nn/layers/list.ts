/** @file The definitions of the layers that a spec can name. */
import { findByKind } from "../component.js";
import * as all from "./all.js";
import type { LayerDefinition, LayerSpec } from "./define.js";

export const layers: readonly LayerDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);

/** Whether a layer of this kind declares the parameter, such as "kernelRegularizer". */
export const acceptsParameter = ({ kind }: LayerSpec, name: string): boolean =>
  Object.hasOwn(findByKind("layer", layers, kind).params, name);
