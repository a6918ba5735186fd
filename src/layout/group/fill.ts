import { commonGroup, scopePath, type Draft } from './draft'
import { fill, relativeName, type Group, type Item } from './grouping'

/** Gives every group its items, in the order of their first operation; a calling node comes last in its group. */
export function fillGroups({ nodes, root, scopes }: Draft): void {
  root.items = []
  const placed = new Set<Group>([root])
  for (const node of nodes.values()) {
    let item: Item = node
    for (let group: Group | null = node.parent; group; group = group.parent) {
      group.items.push(item)
      if (placed.has(group)) break
      placed.add(group)
      item = group
    }
  }
  for (const [path, group] of scopes) {
    const call = group.look === 'function' ? nodes.get(path) : undefined
    if (call?.parent !== group) continue
    group.items = [...group.items.filter((item) => item !== call), call]
  }
}

/** All groups with something in them, each before those inside it. */
export function groupsFrom(root: Group): Group[] {
  const groups = [root]
  // `groups` grows while it is walked.
  for (const group of groups) for (const item of group.items) if (item.kind === 'group') groups.push(item)
  return groups
}

/** Joins each group that holds one thing with that thing, which stays; gives back the groups that are left. */
export function joinSingles(root: Group): Group[] {
  const all = groupsFrom(root)
  const left: Group[] = []
  for (const group of all.reverse()) {
    const items = group.items.map(standsFor)
    if (group.title !== null && items.length === 1) items[0].title ??= group.title
    fill(group, items)
    if (items.length > 1 || group === root) left.push(group)
  }
  return left.reverse()
}

/** A group that holds one thing is that thing. */
const standsFor = (item: Item): Item => (item.kind === 'group' && item.items.length === 1 ? item.items[0] : item)

/** Names everything as seen from the scope it stands in. */
export function nameItems(draft: Draft, groups: Iterable<Group>): void {
  for (const group of groups) {
    const scope = scopePath(draft, group)
    for (const item of group.items) {
      if (item.kind === 'node') item.label = relativeName(item.name, scope)
      else if (item.label === '') item.label = relativeName(item.path, scope)
    }
  }
}

/** What stands for each scope: its group, the group it was joined with, or the innermost that holds what was in it. */
export function itemsOfScopes({ tree, nodes, scopes }: Draft, groups: ReadonlyMap<string, Group>): Map<string, Item> {
  const found = new Map<string, Item>()
  for (const scope of [...tree.values()].reverse()) {
    const own = groups.get(scope.path)
    if (own && own === scopes.get(scope.path)) {
      found.set(scope.path, own)
      continue
    }
    if (scope.path === '') continue
    const inside = [
      ...scope.nodes.flatMap((name) => nodes.get(name) ?? []),
      ...scope.scopes.flatMap((path) => found.get(path) ?? []),
    ]
    if (inside.length > 0) found.set(scope.path, inside.length === 1 ? inside[0] : holding(inside))
  }
  return found
}

/** The innermost group that holds all of these, which may be one of them. */
function holding(items: readonly Item[]): Item {
  const group = commonGroup(items)
  return items.find((item) => item.kind === 'group' && items.every((other) => isIn(other, item))) ?? group
}

function isIn(item: Item, group: Group): boolean {
  for (let around: Item | null = item; around; around = around.parent) if (around === group) return true
  return false
}
