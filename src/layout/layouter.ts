import type { Graph } from '../graph/types'
import { arrange, type Arrangement } from './arrange'
import { prepare, see } from './boxes'
import type { Crossing } from './group/border-crossings'
import type { Group, Grouping, Item, NodeItem } from './group/grouping'
import { positions } from './positions'
import type { Child } from './place/placement'
import { chipRoom, itemSize, mostWritten } from './sizes'
import type { Direction, LaidOut } from './types'

/** How many arrangements of groups are kept. */
const mostKept = 2000

export interface Layouter {
  /**
   * Places what is seen with these groups unfolded. Groups are arranged from the inside out, and each arrangement is
   * kept for as long as what is unfolded inside it stays the same. `pause` is awaited between groups and may throw.
   */
  layout(unfolded: ReadonlySet<string>, direction?: Direction, pause?: () => Promise<void> | void): Promise<LaidOut>
  /** Tells how wide what is written at each tensor is, in pixels; where data flows to the right that much is left free. */
  written(width: (tensor: string) => number): void
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
  let widthOf: ((tensor: string) => number) | null = null

  return {
    async layout(unfolded, direction = 'down', pause) {
      const arrangements = new Map<Group, Kept>()
      const madeBefore = made
      for (const group of openGroups(root, unfolded)) {
        const key = keyOf(group, arrangements, direction)
        let arrangement = kept.get(key)
        if (!arrangement) {
          await pause?.()
          const ways = prepared.crossings.get(group) ?? []
          const room = direction === 'right' && widthOf ? roomAfter(group, ways, prepared.results, widthOf) : null
          const children = group.items.map((item) => asChild(item, arrangements, room?.get(item.id)))
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
    written(width) {
      widthOf = width
      for (const key of kept.keys()) if (key.startsWith('right\n')) kept.delete(key)
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

function asChild(item: Item, arrangements: ReadonlyMap<Group, Arrangement>, after = 0): Child {
  const inside = item.kind === 'group' ? arrangements.get(item) : undefined
  if (item.kind === 'node') {
    return { id: item.id, size: weightOf(item), isConstant: item.isConstant, ...itemSize(item), after }
  }
  if (!inside) return { id: item.id, size: item.size, ...itemSize(item), after }
  const { width, height, entries, exits, mainEntry, mainExit } = inside
  return { id: item.id, size: item.size, width, height, entries, exits, mainEntry, mainExit }
}

/** The main path begins at an input, which is no operation, and not at a constant. */
const weightOf = ({ size, isConstant }: NodeItem): number => (isConstant ? 0 : Math.max(size, inputWeight))
const inputWeight = 0.1

/** Room after each of a group's items for what is written where its tensors leave it, by id. */
function roomAfter(
  { items }: Group,
  ways: readonly Crossing[],
  results: ReadonlyMap<Item, readonly string[]>,
  widthOf: (tensor: string) => number,
): Map<string, number> {
  const leaving = new Map(items.map((item) => [item.id, new Set(results.get(item))]))
  for (const { from, tensor } of ways) leaving.get(from)?.add(tensor)
  return new Map(
    [...leaving].map(([id, tensors]) => {
      const written = tensors.size <= mostWritten ? [...tensors] : []
      return [id, chipRoom + Math.max(0, ...written.map(widthOf))]
    }),
  )
}
