/** @file The order of kernels, and which variables can be overwritten while the program runs. */
import type { Tensor, Variable } from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import type { Group, Grouping } from "./group.js";
import { throughViews, type NodeTable } from "./nodes.js";

export interface Schedule {
  readonly order: readonly Group[];
  /**
   * Variables whose new value must wait in a temporary until all kernels have run, because no order
   * lets every reader of the old value go first.
   */
  readonly waiting: ReadonlySet<Variable>;
}

type Edges = Map<Group, Set<Group>>;

/** Orders the groups: producers before consumers, readers of a variable before its writer. */
export function schedule(
  table: NodeTable,
  { groups, groupOf }: Grouping,
  updates: ReadonlyMap<Variable, Tensor>,
): Schedule {
  const after: Edges = new Map(groups.map((group) => [group, new Set<Group>()]));
  for (const node of table.computed) {
    for (const input of node.inputs) {
      const source = throughViews(input, table.isComputed);
      if (!table.isComputed(source) || groupOf(source) === groupOf(node)) continue;
      after.get(groupOf(source))?.add(groupOf(node));
    }
  }
  const waiting = new Set<Variable>();
  for (const [variable, value] of updates) {
    const writer = groupOf(value);
    const readers = readersOf(variable, table, groupOf).filter((reader) => reader !== writer);
    const possible =
      readsInStep(variable, writer, table) &&
      !readers.some((reader) => reaches(writer, reader, after));
    if (possible) readers.forEach((reader) => after.get(reader)?.add(writer));
    else waiting.add(variable);
  }
  return { order: sort(groups, after), waiting };
}

function readersOf(variable: Tensor, table: NodeTable, groupOf: Grouping["groupOf"]): Group[] {
  if (table.isComputed(variable)) return [groupOf(variable)];
  return table.uses(variable).map(({ consumer }) => groupOf(consumer));
}

/** Whether the group that writes a variable reads it only at the element that it is about to write. */
function readsInStep(variable: Tensor, writer: Group, table: NodeTable): boolean {
  return table.uses(variable).every(({ consumer, relation }) => {
    const inside =
      consumer === writer.anchor || writer.members.has(consumer) || writer.prologue.has(consumer);
    return !inside || (relation === "direct" && writer.members.has(consumer));
  });
}

function reaches(from: Group, to: Group, after: Edges): boolean {
  const seen = new Set<Group>();
  const pending = [from];
  for (let group = pending.pop(); group !== undefined; group = pending.pop()) {
    if (group === to) return true;
    if (seen.has(group)) continue;
    seen.add(group);
    pending.push(...(after.get(group) ?? []));
  }
  return false;
}

/** Topological order; among groups that are ready, the one that comes first in `groups`. */
function sort(groups: readonly Group[], after: Edges): Group[] {
  const missing = new Map(groups.map((group) => [group, 0]));
  for (const next of after.values()) {
    for (const group of next) missing.set(group, (missing.get(group) ?? 0) + 1);
  }
  const order: Group[] = [];
  const open = new Set(groups);
  while (open.size > 0) {
    const ready = [...open].find((group) => missing.get(group) === 0);
    if (ready === undefined) throw new InternalError("Kernels wait for each other.");
    open.delete(ready);
    order.push(ready);
    for (const group of after.get(ready) ?? []) missing.set(group, (missing.get(group) ?? 0) - 1);
  }
  return order;
}
