/** @file The functional form: layers connected one by one, as in Keras; it writes what `sequential` takes. */
import { UsageError } from "../util/index.js";
import type { LayerSpec } from "./layers/define.js";
import { sequential, type Model } from "./model.js";
import { MODEL_INPUT_NAME, namesOf } from "./wiring.js";

/** The output of a layer, or the model's input, to be connected to further layers. */
export interface LayerOutput {
  /** Absent for the model's input. */
  readonly layer?: LayerSpec;
  readonly inputs: readonly LayerOutput[];
}

/** The ends between which a model lies. */
interface Ends {
  readonly input: LayerOutput;
  readonly output: LayerOutput;
}

/** The model's input; its shape is that of the rows to which the model is fitted. */
export function input(): LayerOutput {
  return { inputs: [] };
}

/**
 * Puts a layer behind one or several others.
 *
 * @param layer - a spec, which may have a `name`
 * @returns its output
 * @throws UsageError if nothing is given to connect it to, or the layer names `inputs` itself
 * @example const h = connect(dense({ units: 8 }), x);
 */
export function connect(layer: LayerSpec, ...inputs: readonly LayerOutput[]): LayerOutput {
  if (inputs.length === 0) {
    throw new UsageError(
      `connect: ${layer.kind} must be connected to something; got nothing. Begin with input().`,
    );
  }
  if (layer.inputs !== undefined) {
    throw new UsageError(
      `connect: ${layer.kind} must get its inputs as arguments; got a spec with inputs of its own.`,
    );
  }
  return { layer, inputs };
}

/** The layers' outputs on which one depends, itself last, each after its inputs. */
function collect({ input: start, output }: Ends): readonly LayerOutput[] {
  const order = new Set<LayerOutput>();
  const visit = (node: LayerOutput): void => {
    if (order.has(node) || node === start) return;
    if (node.layer === undefined) {
      throw new UsageError("functional: there must be one input; got layers connected to another.");
    }
    node.inputs.forEach(visit);
    order.add(node);
  };
  visit(output);
  return [...order];
}

/**
 * The list of layers that {@link sequential} takes, and that survives JSON: each layer after its inputs, with
 * `inputs` where they are not simply the layer before it.
 *
 * @throws UsageError if a layer is used twice, or output and input are not connected
 */
export function listLayers(ends: Ends): readonly LayerSpec[] {
  const nodes = collect(ends);
  const specs = nodes.map(({ layer }) => layer!); // collect() refuses those without one.
  const twice = specs.find((spec, position) => specs.indexOf(spec) !== position);
  if (twice) {
    throw new UsageError(
      `functional: a layer must be connected once; got one ${twice.kind} twice, whose weights would be ` +
        `shared. Make a second one with ${twice.kind}().`,
    );
  }
  const names = namesOf(specs);
  const nameOf = (node: LayerOutput): string =>
    node === ends.input ? MODEL_INPUT_NAME : String(names[nodes.indexOf(node)]);
  return specs.map((spec, position) => {
    const before = position === 0 ? ends.input : nodes[position - 1];
    const { inputs } = nodes[position];
    return inputs.length === 1 && inputs[0] === before
      ? spec
      : { ...spec, inputs: inputs.map(nameOf) };
  });
}

/**
 * The model between an input and an output, with branches and skips; a model of {@link sequential} in all else.
 * As in Keras' functional API, but with one input, one output, and each layer used once.
 *
 * @example
 * const x = input();
 * const h = connect(dense({ units: 8, activation: "relu" }), x);
 * const y = connect(add(), h, connect(dense({ units: 8 }), h));
 * const model = functional({ input: x, output: connect(dense({ units: 3, activation: "softmax" }), y) });
 * @throws UsageError if a layer is used twice, or output and input are not connected
 */
export function functional(ends: Ends): Model {
  return sequential(listLayers(ends));
}
