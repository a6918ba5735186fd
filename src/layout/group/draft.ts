import type { GraphIndex } from '../../graph/lookup/graph-index'
import type { ScopeTree } from '../../graph/lookup/scopes'
import { linksOf, type Links } from '../../graph/lookup/links'
import { absorbedAt } from './absorbed-constants'
import { ancestors, newGroup, newNode, type Group, type GroupLook, type Item, type NodeItem } from './grouping'

/**
 * A grouping in the making. Until `fillGroups`, only `parent` says what stands where, so that an operation or a whole
 * scope is moved by one assignment; `size` of each group is kept right all the while.
 */
export interface Draft {
  readonly index: GraphIndex
  readonly tree: ScopeTree
  readonly root: Group
  /** Operations by name, in the order of the graph. */
  readonly nodes: Map<string, NodeItem>
  /** By scope path, without the root's; also of scopes that have no operations, or lose them. */
  readonly scopes: ReadonlyMap<string, Group>
  /** Paths given out so far. */
  readonly paths: Set<string>
  /** For groups that are no scopes: the path of the scope they stand in. */
  readonly scopeOf: Map<Group, string>
  /** 1 for each node without a box, by position. */
  readonly absorbed: Uint8Array
  readonly links: Links
}

/** A draft that holds the scopes and, in them, all operations but absorbed constants. */
export function draftScopes(index: GraphIndex, tree: ScopeTree): Draft {
  const links = linksOf(index.graph.nodes)
  const absorbed = absorbedAt(index.graph)
  const root = newGroup('', '')
  const scopes = new Map<string, Group>()
  const nodes = new Map<string, NodeItem>()
  // Inner scopes come after the ones around them in the tree.
  for (const { path, parent } of tree.values()) {
    if (path === '') continue
    const group = newGroup(path, '')
    group.parent = scopes.get(parent ?? '') ?? root
    scopes.set(path, group)
  }
  index.graph.nodes.forEach(({ name }, position) => {
    if (absorbed[position] === 0) nodes.set(name, newNode(index, position, root))
  })
  for (const scope of tree.values()) {
    const group = scopes.get(scope.path) ?? root
    for (const name of scope.nodes) {
      const item = nodes.get(name)
      if (!item) continue
      item.parent = group
      group.size += 1
    }
  }
  for (const group of [...scopes.values()].reverse()) if (group.parent) group.parent.size += group.size
  const paths = new Set(['', ...tree.keys()])
  return { index, tree, root, nodes, scopes, paths, scopeOf: new Map(), absorbed, links }
}

/** The innermost group that holds all these items; the group around it for a single one. */
export function commonGroup(items: readonly Item[]): Group {
  const around = ancestors(items[0])
  const level = new Map(around.map((group, i) => [group, i]))
  let common = 0
  for (const item of items) {
    let group = item.parent
    while (group && !level.has(group)) group = group.parent
    common = Math.max(common, (group && level.get(group)) ?? 0)
  }
  return around[common]
}

/** A path for a group inside another that no scope and no other group has: `SCOPE#NAME`. */
export function freePath(draft: Pick<Draft, 'paths'>, around: Group, name: string): string {
  let path = `${around.path}#${name}`
  while (draft.paths.has(path)) path += '#'
  draft.paths.add(path)
  return path
}

/** Path of the scope that a group is, or stands in. */
export const scopePath = (draft: Pick<Draft, 'scopeOf'>, group: Group): string => draft.scopeOf.get(group) ?? group.path

/** An empty group inside another, which is no scope; `name` is taken for its path. */
export function insideGroup(
  draft: Draft,
  around: Group,
  { name, label, look, title }: { name: string; label: string; look: GroupLook; title: string | null },
): Group {
  const group = newGroup(freePath(draft, around, name), label, look, title)
  group.parent = around
  draft.scopeOf.set(group, scopePath(draft, around))
  return group
}

/** Takes an operation out of the groups around it, up to one that stays around it, and puts it into another in there. */
export function move(item: NodeItem, into: Group, upTo: Group): void {
  for (let group: Group | null = item.parent; group && group !== upTo; group = group.parent) group.size -= 1
  for (let group: Group | null = into; group && group !== upTo; group = group.parent) group.size += 1
  item.parent = into
}
