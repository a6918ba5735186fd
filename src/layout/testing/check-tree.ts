import { expect } from 'vitest'
import { scopeTree } from '../../graph/lookup/scopes'
import type { Graph } from '../../graph/types'
import { absorbedConstants } from './absorbed'
import { nodesIn, type Group, type Grouping, type Item } from '../group/grouping'
import { widestGroup } from '../group/structure'

/**
 * Everything that is to be seen stands in one place of the tree, groups have paths of their own, say rightly how much is
 * in them, hold several things and not too many, and each scope is found by what was in it.
 */
export function expectWholeTree(graph: Graph, grouping: Grouping, options: { constants?: boolean } = {}): void {
  const found: string[] = []
  const paths: string[] = []
  const visit = (group: Group): void => {
    for (const item of group.items) {
      expect(item.parent === group, `${item.id} knows the group around it`).toBe(true)
      expect(item.label, `${item.id} has a label`).not.toBe('')
      if (item.kind === 'node') {
        found.push(item.name)
        continue
      }
      paths.push(item.path)
      expect(grouping.groups.get(item.path) === item, `${item.path} is found by its path`).toBe(true)
      expect(item.items.length, `${item.path} holds several things`).toBeGreaterThan(1)
      visit(item)
    }
    expect(group.size).toBe(nodesIn(group).filter(({ op, isConstant }) => op !== 'Placeholder' && !isConstant).length)
    if (!options.constants) expect(group.items.length, `${group.path} is not too wide`).toBeLessThanOrEqual(widestGroup)
  }
  visit(grouping.root)
  const absorbed = absorbedConstants(graph)
  const names = graph.nodes.map((node) => node.name)
  const expected = options.constants ? names : names.filter((name) => !absorbed.has(name))
  expected.sort()
  expect(found.sort()).toEqual(expected)
  expect([...grouping.nodes.keys()].sort()).toEqual(expected)
  expect(new Set(paths).size).toBe(paths.length)
  expect(grouping.groups.size).toBe(paths.length)
  expectScopes(graph, grouping, absorbed)
}

/** What stands for a scope holds all its operations. */
function expectScopes(graph: Graph, grouping: Grouping, absorbed: ReadonlySet<string>): void {
  for (const [path, scope] of scopeTree(graph)) {
    const names = scope.nodes.filter((name) => !absorbed.has(name))
    const standsFor: Item | undefined = path === '' ? grouping.root : grouping.scopes.get(path)
    if (names.length > 0) expect(standsFor !== undefined, `${path} is found`).toBe(true)
    for (const name of names) {
      let item: Item | null | undefined = grouping.nodes.get(name)
      while (item && item !== standsFor) item = item.parent
      expect(item === standsFor, `${name} is in what stands for ${path}`).toBe(true)
    }
  }
}
