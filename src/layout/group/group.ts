import type { GraphIndex } from '../../graph/lookup/graph-index'
import { findPatterns } from '../../graph/patterns'
import type { ScopeTree } from '../../graph/lookup/scopes'
import { addConstants } from './constants'
import { draftScopes } from './draft'
import { fillGroups, itemsOfScopes, joinSingles, nameItems } from './fill'
import { placeCalls } from './functions'
import { placeLoops } from './loops'
import { patternBundle, placeBundle } from './patterns'
import type { Group, Grouping } from './grouping'
import { groupByStructure } from './structure'

/**
 * The grouping of a graph: its scopes without the constants, with the bodies of functions, loops and patterns as groups
 * in them; a scope with one thing in it is joined with that thing, and what is too wide is grouped by its structure.
 * Cost is linear in nodes and edges.
 * @param options.constants whether constants get boxes too; nothing else changes its place by it
 */
export function groupGraph(index: GraphIndex, tree: ScopeTree, options: { constants?: boolean } = {}): Grouping {
  const draft = draftScopes(index, tree)
  placeCalls(draft)
  placeLoops(draft)
  for (const pattern of findPatterns(index)) placeBundle(draft, patternBundle(pattern))
  fillGroups(draft)
  const { root, nodes } = draft
  const groups = new Map<string, Group>()
  for (const group of joinSingles(root)) if (group !== root) groups.set(group.path, group)
  nameItems(draft, [root, ...groups.values()])
  groupByStructure(draft, groups)
  const scopes = itemsOfScopes(draft, groups)
  if (options.constants) addConstants(draft, scopes)
  return { root, groups, nodes, scopes }
}
