import type { GraphIndex } from '../graph/lookup'
import type { ScopeTree } from '../graph/scopes'
import { nodeLines } from '../graph/titles'
import type { GraphNode } from '../graph/types'
import { absorbedConstants } from './constants'
import { crossings } from './crossings'
import { fill, newGroup, nodeId, relativeName, type Group, type Grouping, type Item, type NodeItem } from './grouping'
import { splitIntoRuns, widestGroup } from './runs'

/**
 * The grouping of a graph: its scopes without the constants, a scope with one thing in it joined with that thing, and
 * scopes with very many things split into runs. Cost is linear in nodes and edges.
 */
export function groupGraph(index: GraphIndex, tree: ScopeTree, options: { constants?: boolean } = {}): Grouping {
  const { graph } = index
  const grouping = groupByScope(index, tree, options.constants ?? false)
  const wide = [grouping.root, ...grouping.groups.values()].filter((group) => group.items.length > widestGroup)
  if (wide.length > 0) {
    const links = crossings(graph, grouping)
    for (const group of wide) splitIntoRuns(group, links.get(group) ?? [], (run) => grouping.groups.set(run.path, run))
  }
  return grouping
}

interface GrowingGrouping extends Grouping {
  readonly groups: Map<string, Group>
}

function groupByScope(index: GraphIndex, tree: ScopeTree, constants: boolean): GrowingGrouping {
  const absorbed = constants ? new Set<string>() : absorbedConstants(index.graph)
  const root = newGroup('', '')
  const groups = new Map<string, Group>()
  const nodes = new Map<string, NodeItem>()
  const scopes = new Map<string, Item>()

  // Inner scopes come after the ones around them in the tree, so backwards is from the inside out.
  for (const scope of [...tree.values()].reverse()) {
    const items: Item[] = []
    for (const name of scope.nodes) {
      const node = index.nodes.get(name)
      if (!node || absorbed.has(name)) continue
      const item = newNode(node, index, root)
      nodes.set(name, item)
      items.push(item)
    }
    for (const path of scope.scopes) {
      const inner = scopes.get(path)
      if (inner) items.push(inner)
    }
    if (scope.path === '') {
      fill(root, items)
    } else if (items.length === 1) {
      scopes.set(scope.path, items[0])
    } else if (items.length > 1) {
      const group = newGroup(scope.path, '')
      fill(group, items)
      groups.set(scope.path, group)
      scopes.set(scope.path, group)
    }
  }
  for (const item of [...nodes.values(), ...groups.values()]) {
    const name = item.kind === 'node' ? item.name : item.path
    item.label = relativeName(name, item.parent?.path ?? '')
  }
  return { root, groups, nodes, scopes }
}

function newNode(node: GraphNode, index: GraphIndex, parent: Group): NodeItem {
  const { name, op } = node
  const lines = nodeLines(node, index)
  return { kind: 'node', id: nodeId(name), name, op, lines, title: null, label: name, parent, size: 1 }
}
