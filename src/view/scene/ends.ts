import { exit, type Crossing } from '../../layout/group/border-crossings'
import type { Group, Item } from '../../layout/group/grouping'

/** Whether a part of the network, as readers think of parts, ends where a tensor leaves an item. */
export type Ends = (item: Item, tensor: string) => boolean

/**
 * Ends of parts: where a scope, block or run ends, folded or not. A chain of single layers has none, even
 * where all data passes through each of its tensors.
 * @param ways the crossings of the grouping
 */
export function endsOfParts(ways: ReadonlyMap<Group, readonly Crossing[]>): Ends {
  const known = new Map<Group, ReadonlySet<string>>()
  const leaving = (group: Group): ReadonlySet<string> => {
    let tensors = known.get(group)
    if (!tensors) {
      const out = (ways.get(group) ?? []).filter(({ tensor, to }) => to === exit(tensor))
      known.set(group, (tensors = new Set(out.map(({ tensor }) => tensor))))
    }
    return tensors
  }
  return (item, tensor) => {
    if (item.kind === 'group' && !isLayer(item)) return true
    for (let group = item.parent; group?.parent; group = group.parent) {
      if (!leaving(group).has(tensor)) return false
      if (!isLayer(group)) return true
    }
    return false
  }
}

/** A pattern of single operations, which readers think of as one layer. */
const isLayer = ({ look, items }: Group): boolean => look === 'pattern' && items.every(({ kind }) => kind === 'node')
