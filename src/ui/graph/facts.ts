import { indexGraph, type GraphIndex } from '../../graph/lookup'
import { splitTensor } from '../../graph/names'
import { opCategory, type OpCategory } from '../../graph/ops'
import { scopeTree, type ScopeTree } from '../../graph/scopes'
import type { Graph } from '../../graph/types'
import { groupGraph } from '../../layout/group'
import { ancestors, nodesIn, type Grouping, type Item } from '../../layout/grouping'
import type { Box } from '../../layout/types'
import type { Selection } from './selection'

/** What the view looks up about a graph; made once for each. */
export interface GraphFacts {
  readonly index: GraphIndex
  readonly tree: ScopeTree
  readonly grouping: Grouping
}

const known = new WeakMap<Graph, GraphFacts>()

export function factsOf(graph: Graph): GraphFacts {
  const ready = known.get(graph)
  if (ready) return ready
  const tree = scopeTree(graph)
  const facts = { index: indexGraph(graph), tree, grouping: groupGraph(graph, tree) }
  known.set(graph, facts)
  return facts
}

/** The item a selection stands for; a constant's is the first operation that uses it. */
export function itemOf({ grouping, index }: GraphFacts, { kind, name }: Selection): Item | undefined {
  if (kind === 'scope') return grouping.groups.get(name) ?? grouping.scopes.get(name)
  let node = kind === 'tensor' ? splitTensor(name).node : name
  for (let step = 0; step < 8; step++) {
    const item = grouping.nodes.get(node)
    if (item) return item
    const use = index.uses.get(`${node}:0`)?.at(0)
    if (!use) return undefined
    node = use.node.name
  }
  return undefined
}

/** The groups that must be unfolded for an item to be seen. */
export function pathsAround(item: Item): string[] {
  return ancestors(item)
    .map((group) => group.path)
    .filter((path) => path !== '')
}

/** Ids of the boxes that hold something of the trunk; null where nothing is cut. */
export function litBoxes({ grouping }: GraphFacts, trunk: ReadonlySet<string> | null): ReadonlySet<string> | null {
  if (!trunk) return null
  const lit = new Set<string>()
  for (const name of trunk) {
    let item: Item | null | undefined = grouping.nodes.get(name)
    while (item && !lit.has(item.id)) {
      lit.add(item.id)
      item = item.parent
    }
  }
  return lit
}

/** Shares of the op categories in an item, the largest first. */
export function categoryShares(item: Item): { category: OpCategory; share: number }[] {
  const counts = new Map<OpCategory, number>()
  for (const { op } of nodesIn(item)) {
    const category = opCategory(op)
    counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  return [...counts]
    .map(([category, count]) => ({ category, share: count / item.size }))
    .sort((a, b) => b.share - a.share)
}

/** The box that shows a selection: its own, or that of the innermost group around it that is seen. */
export function shownBox(facts: GraphFacts, boxes: ReadonlyMap<string, Box>, selection: Selection): Box | undefined {
  let item = itemOf(facts, selection)
  while (item && !boxes.has(item.id)) item = item.parent ?? undefined
  return item && boxes.get(item.id)
}
