import type { ScopeTree } from '../graph/scopes'
import type { Graph } from '../graph/types'
import { groupGraph } from './group'
import type { Group, Item } from './grouping'

/** A first view shows at least this many boxes, if there are so many, … */
const fewest = 30
/** … and no more than this, unless a single group holds more. */
const most = 120

/**
 * The groups to unfold when a graph is opened, so that some 30 to 120 boxes are seen: the outermost ones first, of
 * those the largest that still fits.
 */
export function openingView(graph: Graph, tree: ScopeTree): Set<string> {
  const { root } = groupGraph(graph, tree)
  const unfolded = new Set<string>()
  let seen = root.items.length
  let candidates = root.items.filter(isGroup).map((group) => ({ group, depth: 1 }))
  while (seen < fewest && candidates.length > 0) {
    candidates.sort((a, b) => a.depth - b.depth || b.group.size - a.group.size)
    const fitting = candidates.find(({ group }) => seen - 1 + group.items.length <= most)
    const chosen = fitting ?? candidates[0]
    if (!fitting && seen > fewest / 3) break
    unfolded.add(chosen.group.path)
    seen += chosen.group.items.length - 1
    const inside = chosen.group.items.filter(isGroup).map((group) => ({ group, depth: chosen.depth + 1 }))
    candidates = [...candidates.filter((candidate) => candidate !== chosen), ...inside]
  }
  return unfolded
}

const isGroup = (item: Item): item is Group => item.kind === 'group'
