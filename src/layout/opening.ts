import type { Crossing } from './crossings'
import type { Group, Grouping } from './grouping'
import { flowOrder } from './order'

/** A first view shows at least this many boxes, if there are so many, … */
const fewest = 30
/** … and no more than this, unless a single group holds more. */
const most = 120
/** A group with this share of all operations is what the graph is about. */
const mainShare = 0.4

/**
 * The groups to unfold when a graph is opened, so that some 30 to 120 boxes are seen: what holds most of the graph,
 * then all groups of a level if they fit, else the first ones in the order of the data.
 */
export function openingView(grouping: Grouping, ways: ReadonlyMap<Group, readonly Crossing[]>): Set<string> {
  const groupsIn = (group: Group): Group[] => {
    const inner = new Map(group.items.flatMap((item) => (item.kind === 'group' ? [[item.id, item]] : [])))
    const order = flowOrder(
      group.items.map((item) => item.id),
      ways.get(group) ?? [],
    )
    return order.flatMap((id) => inner.get(id) ?? [])
  }

  const unfolded = new Set<string>()
  let seen = grouping.root.items.length
  let level = groupsIn(grouping.root)
  while (seen < fewest && level.length > 0) {
    const isMain = (group: Group) => group.size >= mainShare * grouping.root.size
    const order = [...level.filter(isMain), ...level.filter((group) => !isMain(group))]
    const allFit = seen + added(level) <= most
    for (const group of order) {
      if (!allFit && seen >= fewest) break
      if (seen + added([group]) > most && seen > fewest / 3) continue
      unfolded.add(group.path)
      seen += added([group])
    }
    level = order.filter((group) => unfolded.has(group.path)).flatMap(groupsIn)
  }
  return unfolded
}

/** Boxes more when these groups are unfolded. */
const added = (groups: readonly Group[]): number => groups.reduce((sum, group) => sum + group.items.length - 1, 0)
