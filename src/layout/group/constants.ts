import { scopeOf } from '../../graph/lookup/names'
import { commonGroup, scopePath, type Draft } from './draft'
import { ancestors, fill, newNode, relativeName, type Group, type Item, type NodeItem } from './grouping'

/**
 * Gives constants boxes: in the group of the scope they stand in, or deeper, where all that uses them is. Everything
 * else stays where it is.
 */
export function addConstants(draft: Draft, scopes: ReadonlyMap<string, Item>): void {
  const users = usersOf(draft)
  const added = new Map<Group, NodeItem[]>()
  draft.index.graph.nodes.forEach(({ name }, position) => {
    if (draft.absorbed[position] === 0) return
    const using = users.get(position) ?? []
    const common = using.length > 0 ? commonGroup(using) : draft.root
    const own = scopes.get(scopeOf(name))
    const group = own?.kind === 'group' && !ancestors(common).includes(own) ? own : common
    const item = newNode(draft.index, position, group, true)
    item.label = relativeName(name, scopePath(draft, group))
    draft.nodes.set(name, item)
    const known = added.get(group)
    if (known) known.push(item)
    else added.set(group, [item])
  })
  for (const [group, items] of added) fill(group, [...items, ...group.items])
}

/** The operations that use each constant, also through what only passes it on, by the constant's position. */
function usersOf({ links, nodes, absorbed }: Draft): Map<number, NodeItem[]> {
  const users = new Map<number, NodeItem[]>()
  for (const item of nodes.values()) {
    const seen = new Set<number>()
    const open = [item.position]
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      for (let i = links.starts[position]; i < links.starts[position + 1]; i++) {
        const maker = links.makers[i]
        if (maker < 0 || absorbed[maker] === 0 || seen.has(maker)) continue
        seen.add(maker)
        const known = users.get(maker)
        if (known) known.push(item)
        else users.set(maker, [item])
        open.push(maker)
      }
    }
  }
  return users
}
