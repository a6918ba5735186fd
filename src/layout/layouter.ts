import type { Graph } from '../graph/types'
import { arrange, type Arrangement } from './arrange'
import { prepare, see } from './boxes'
import type { Crossing } from './crossings'
import type { Group, Grouping, Item } from './grouping'
import { positions } from './positions'
import type { Child } from './placement'
import { itemSize } from './sizes'
import type { Direction, LaidOut } from './types'

/** How many arrangements of groups are kept. */
const mostKept = 2000

export interface Layouter {
  /**
   * Places what is seen with these groups unfolded. Groups are arranged from the inside out, and each arrangement is
   * kept for as long as what is unfolded inside it stays the same. `pause` is awaited between groups and may throw.
   */
  layout(unfolded: ReadonlySet<string>, direction?: Direction, pause?: () => Promise<void> | void): Promise<LaidOut>
}

/**
 * A layouter for one graph; making one is linear in the graph's nodes and edges.
 * @param ways the crossings of the grouping, if they are known
 */
export function createLayouter(
  graph: Graph,
  grouping: Grouping,
  ways?: ReadonlyMap<Group, readonly Crossing[]>,
): Layouter {
  const prepared = prepare(graph, grouping, ways)
  const { root } = prepared.grouping
  const kept = new Map<string, Kept>()
  let made = 0

  return {
    async layout(unfolded, direction = 'down', pause) {
      const arrangements = new Map<Group, Kept>()
      const madeBefore = made
      for (const group of openGroups(root, unfolded)) {
        const key = keyOf(group, arrangements, direction)
        let arrangement = kept.get(key)
        if (!arrangement) {
          await pause?.()
          const children = group.items.map((item) => asChild(item, arrangements))
          const ways = prepared.crossings.get(group) ?? []
          arrangement = { ...arrange(children, ways, group !== root, direction), number: made }
          made += 1
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
      return { ...positions(see(prepared, unfolded), arrangements, prepared, direction), arranged: made - madeBefore }
    },
  }
}

/** An arrangement, numbered in the order of making. */
interface Kept extends Arrangement {
  readonly number: number
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

/** A group with the arrangements of what is unfolded in it: with the same ones it looks the same. */
function keyOf(group: Group, arrangements: ReadonlyMap<Group, Kept>, direction: Direction): string {
  const inside = group.items.flatMap((item) =>
    item.kind === 'group' ? (arrangements.get(item)?.number.toString() ?? []) : [],
  )
  return [direction, group.path, ...inside].join('\n')
}

function asChild(item: Item, arrangements: ReadonlyMap<Group, Arrangement>): Child {
  const inside = item.kind === 'group' ? arrangements.get(item) : undefined
  if (!inside) return { id: item.id, size: item.size, ...itemSize(item) }
  const { width, height, entries, exits, mainEntry, mainExit } = inside
  return { id: item.id, size: item.size, width, height, entries, exits, mainEntry, mainExit }
}
