import type { Graph } from '../../graph/types'
import type { Group, Grouping } from '../../layout/group/grouping'
import { slice } from '../lazy'

/** The groups of a grouping by number, so that amounts are summed up group by group and not node by node for each scene. */
export interface GroupTree {
  /** Outer groups before those in them; the first is the whole graph. */
  readonly groups: readonly Group[]
  readonly numbers: ReadonlyMap<Group, number>
  /** The number of the group around each; -1 for the whole graph. */
  readonly around: Int32Array
  /** For each node of the graph, by position, the number of the group it stands in; -1 where it has no box of its own. */
  readonly groupOf: Int32Array
  /** 1 for each node that counts as an operation, by position: neither a constant nor an input. */
  readonly operations: Uint8Array
}

/** Numbers the groups of a grouping. Linear in nodes and groups; yields now and then. */
export function* groupTree(graph: Graph, grouping: Grouping): Generator<void, GroupTree> {
  const groups = [grouping.root]
  // `groups` grows while it is walked.
  for (const group of groups) {
    for (const item of group.items) if (item.kind === 'group') groups.push(item)
  }
  const numbers = new Map(groups.map((group, number) => [group, number]))
  const numberOf = (group: Group | null): number => (group && numbers.get(group)) ?? -1
  const around = Int32Array.from(groups, ({ parent }) => numberOf(parent))
  yield
  const groupOf = new Int32Array(graph.nodes.length)
  const operations = new Uint8Array(graph.nodes.length)
  for (let i = 0; i < groupOf.length; i++) {
    const item = grouping.nodes.get(graph.nodes[i].name)
    groupOf[i] = numberOf(item?.parent ?? null)
    operations[i] = item?.size ?? 0
    if (i % slice === slice - 1) yield
  }
  return { groups, numbers, around, groupOf, operations }
}

/** Adds the amounts of each group to all groups around it; `amounts` has `width` entries for each group. */
export function sumUp({ around }: GroupTree, amounts: Float64Array | Int32Array, width = 1): void {
  for (let group = around.length - 1; group > 0; group--) {
    const outer = around[group] * width
    for (let i = 0; i < width; i++) amounts[outer + i] += amounts[group * width + i]
  }
}
