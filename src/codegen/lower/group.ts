/**
 * @file Fusion: which nodes one kernel computes. A group has at most one anchor (a reduction or a
 * contraction), elementwise members in the anchor's result space, and, before a reduction, an
 * elementwise prologue in its input space.
 */
import type { Tensor } from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import type { NodeTable } from "./nodes.js";

export interface Group {
  anchor?: Tensor;
  readonly members: Set<Tensor>;
  readonly prologue: Set<Tensor>;
}

export interface Grouping {
  readonly groups: readonly Group[];
  readonly groupOf: (node: Tensor) => Group;
  /** Nodes whose values must lie in memory, because a root or another kernel reads them. */
  readonly isStored: (node: Tensor) => boolean;
}

const isAnchor = (node: Tensor): boolean =>
  node.op.kind === "reduction" || node.op.kind === "contraction";

/**
 * Random bits come in fours of vectors (see randomBits), and gathers look a row up as axis 0 begins:
 * only plain loops are shaped for either.
 */
const needsPlainLoop = (node: Tensor): boolean =>
  node.op.name === "randomBits" || node.op.kind === "gather";

/** A reshape that moves elements, a scatter, and a gather of single elements are kernels of their own. */
const standsAlone = (node: Tensor): boolean =>
  node.op.kind === "scatter" ||
  node.op.name === "reshape" ||
  (node.op.kind === "gather" && node.shape.length === 1);

const nodesOf = ({ anchor, members, prologue }: Group): readonly Tensor[] => [
  ...(anchor === undefined ? [] : [anchor]),
  ...members,
  ...prologue,
];

class Grouper {
  readonly groups: Group[] = [];
  readonly home = new Map<Tensor, Group>();

  constructor(readonly table: NodeTable) {}

  run(): void {
    // Consumers first, so that a node finds the groups it could join.
    for (const node of [...this.table.computed].reverse()) {
      const joined = isAnchor(node)
        ? this.anchorConsumer(node)
        : !standsAlone(node) && (this.joinPrologue(node) || this.joinConsumer(node));
      if (!joined) this.open(node);
    }
  }

  open(node: Tensor): void {
    const group: Group = { members: new Set(), prologue: new Set() };
    if (isAnchor(node)) group.anchor = node;
    else group.members.add(node);
    this.groups.push(group);
    this.home.set(node, group);
  }

  /** The groups that read the node element by element in their main space. */
  candidates(node: Tensor): Set<Group> {
    const groups = new Set<Group>();
    for (const { consumer, relation } of this.table.uses(node)) {
      const group = this.home.get(consumer);
      if (relation !== "direct" || group?.members.has(consumer) !== true) continue;
      if (!standsAlone(consumer)) groups.add(group);
    }
    return groups;
  }

  anchorConsumer(node: Tensor): boolean {
    for (const group of this.candidates(node)) {
      if (group.anchor !== undefined || [...group.members].some(needsPlainLoop)) continue;
      if (this.readOtherwise(node, group)) continue;
      this.home.set(node, group);
      if (!this.onCycle(group, node)) {
        group.anchor = node;
        return true;
      }
      this.home.delete(node);
    }
    return false;
  }

  joinConsumer(node: Tensor): boolean {
    for (const group of this.candidates(node)) {
      if ((needsPlainLoop(node) && group.anchor !== undefined) || this.readOtherwise(node, group))
        continue;
      this.home.set(node, group);
      if (!this.onCycle(group, node)) {
        group.members.add(node);
        return true;
      }
      this.home.delete(node);
    }
    return false;
  }

  /** A node that only one reduction needs is computed on the way into it. */
  joinPrologue(node: Tensor): boolean {
    const uses = this.table.uses(node);
    if (this.table.isRoot(node) || uses.length === 0) return false;
    if (node.op.name === "randomBits") return false;
    const targets = uses.map(({ consumer, relation }) => {
      const group = this.home.get(consumer);
      if (relation === "reduced") return group;
      return relation === "direct" && group?.prologue.has(consumer) === true ? group : undefined;
    });
    const [group] = targets;
    if (group === undefined || targets.some((other) => other !== group)) return false;
    this.home.set(node, group);
    if (this.onCycle(group, node)) {
      this.home.delete(node);
      return false;
    }
    group.prologue.add(node);
    return true;
  }

  /** Whether the group reads the node also in a way that needs it finished beforehand. */
  readOtherwise(node: Tensor, group: Group): boolean {
    return this.table
      .uses(node)
      .some(({ consumer, relation }) => relation !== "direct" && this.home.get(consumer) === group);
  }

  /**
   * Whether some path leaves the group, with a node that would be new in it, and comes back: then it could
   * not run as one kernel. The node's home is the group already.
   */
  onCycle(group: Group, added: Tensor): boolean {
    const seen = new Set<Group | Tensor>();
    const leaving = (node: Tensor): Tensor[] =>
      this.table.uses(node).map(({ consumer }) => consumer);
    const pending = [...nodesOf(group), added]
      .flatMap(leaving)
      .filter((consumer) => this.home.get(consumer) !== group);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const home = this.home.get(node);
      if (home === group) return true;
      const unit = home ?? node;
      if (seen.has(unit)) continue;
      seen.add(unit);
      pending.push(...(home === undefined ? [node] : nodesOf(home)).flatMap(leaving));
    }
    return false;
  }
}

/** Divides the computed nodes into kernels. */
export function group(table: NodeTable): Grouping {
  const grouper = new Grouper(table);
  grouper.run();
  const groupOf = (node: Tensor): Group => {
    const home = grouper.home.get(node);
    if (home === undefined) throw new InternalError(`${node.op.name} is in no kernel.`);
    return home;
  };
  const sameKernel = (node: Tensor, consumer: Tensor): boolean =>
    groupOf(node) === groupOf(consumer);
  return {
    groups: grouper.groups.reverse(),
    groupOf,
    isStored: (node) =>
      table.isRoot(node) ||
      table
        .uses(node)
        .some(({ consumer, relation }) => relation === "stored" || !sameKernel(node, consumer)),
  };
}
