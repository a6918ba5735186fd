import type { ScopeTree } from '../graph/scopes'
import type { Graph } from '../graph/types'
import { arrange, type Arrangement } from './arrange'
import { prepare, see } from './boxes'
import type { Group, Item } from './grouping'
import { positions } from './positions'
import type { Child } from './placement'
import { groupSize, nodeSize } from './sizes'
import type { LaidOut } from './types'

/** How many arrangements of groups are kept. */
const mostKept = 2000

export interface Layouter {
  /**
   * Places what is seen with these groups unfolded. Groups are arranged from the inside out, and each arrangement is
   * kept for as long as what is unfolded inside it stays the same. `pause` is awaited between groups and may throw.
   */
  layout(unfolded: ReadonlySet<string>, pause?: () => Promise<void> | void): Promise<LaidOut>
}

/** A layouter for one graph; making one is linear in the graph's nodes and edges. */
export function createLayouter(graph: Graph, tree: ScopeTree): Layouter {
  const prepared = prepare(graph, tree)
  const { root } = prepared.grouping
  const kept = new Map<string, Arrangement>()

  return {
    async layout(unfolded, pause) {
      const arrangements = new Map<Group, Arrangement>()
      let arranged = 0
      for (const group of openGroups(root, unfolded)) {
        const key = cacheKey(group, unfolded)
        let arrangement = kept.get(key)
        if (!arrangement) {
          await pause?.()
          const children = group.items.map((item) => asChild(item, arrangements))
          arrangement = arrange(children, prepared.crossings.get(group) ?? [], group !== root)
          arranged += 1
        }
        // Set again, so that the one used longest ago stands first.
        kept.delete(key)
        kept.set(key, arrangement)
        arrangements.set(group, arrangement)
      }
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break
        kept.delete(oldest)
      }
      return { ...positions(see(prepared, unfolded), arrangements, prepared), arranged }
    },
  }
}

/** The groups whose inside is seen, inner ones first; the last is the whole graph. */
function openGroups(root: Group, unfolded: ReadonlySet<string>): Group[] {
  const open = [root]
  // `open` grows while it is walked.
  for (const group of open) {
    for (const item of group.items) if (item.kind === 'group' && unfolded.has(item.path)) open.push(item)
  }
  return open.reverse()
}

/** A group with what is unfolded inside it. */
function cacheKey(group: Group, unfolded: ReadonlySet<string>): string {
  return openGroups(group, unfolded)
    .map((open) => open.path)
    .join('\n')
}

function asChild(item: Item, arrangements: ReadonlyMap<Group, Arrangement>): Child {
  if (item.kind === 'node') return { id: item.id, ...nodeSize(item.op) }
  const inside = arrangements.get(item)
  if (!inside) return { id: item.id, ...groupSize }
  const { width, height, entries, exits } = inside
  return { id: item.id, width, height, entries, exits }
}
