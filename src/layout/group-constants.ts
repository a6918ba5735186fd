import { splitTensor, scopeOf } from '../graph/names'
import { commonGroup, scopePath, type Draft } from './group-draft'
import { ancestors, fill, newNode, relativeName, type Group, type Item, type NodeItem } from './grouping'

/**
 * Gives constants boxes: in the group of the scope they stand in, or deeper, where all that uses them is. Everything
 * else stays where it is.
 */
export function addConstants(draft: Draft, scopes: ReadonlyMap<string, Item>): void {
  const users = usersOf(draft)
  const added = new Map<Group, NodeItem[]>()
  for (const node of draft.index.graph.nodes) {
    if (!draft.absorbed.has(node.name)) continue
    const using = users.get(node.name) ?? []
    const common = using.length > 0 ? commonGroup(using) : draft.root
    const own = scopes.get(scopeOf(node.name))
    const group = own?.kind === 'group' && !ancestors(common).includes(own) ? own : common
    const item = newNode(node, draft.index, group)
    item.label = relativeName(node.name, scopePath(draft, group))
    draft.nodes.set(node.name, item)
    const known = added.get(group)
    if (known) known.push(item)
    else added.set(group, [item])
  }
  for (const [group, items] of added) {
    fill(group, [...items, ...group.items])
    for (const around of ancestors(group)) around.size += items.length
  }
}

/** The operations that use each constant, also through what only passes it on. */
function usersOf({ index, nodes, absorbed }: Draft): Map<string, NodeItem[]> {
  const users = new Map<string, NodeItem[]>()
  for (const item of nodes.values()) {
    const seen = new Set<string>()
    const open = [...(index.nodes.get(item.name)?.inputs ?? [])]
    for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
      const { node: name } = splitTensor(tensor)
      if (!absorbed.has(name) || seen.has(name)) continue
      seen.add(name)
      const known = users.get(name)
      if (known) known.push(item)
      else users.set(name, [item])
      open.push(...(index.nodes.get(name)?.inputs ?? []))
    }
  }
  return users
}
