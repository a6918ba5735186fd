import type { ScopeTree } from '../graph/scopes'
import type { Graph } from '../graph/types'
import { absorbedConstants } from './constants'
import { crossings } from './crossings'
import { fill, newGroup, nodeId, relativeName, type Group, type Grouping, type Item, type NodeItem } from './grouping'
import { splitIntoRuns, widestGroup } from './runs'

const known = new WeakMap<Graph, Grouping>()

/**
 * The grouping of a graph: its scopes without the constants, a scope with one thing in it joined with that thing, and
 * scopes with very many things split into runs. Made once for each graph; cost is linear in nodes and edges.
 */
export function groupGraph(graph: Graph, tree: ScopeTree): Grouping {
  const ready = known.get(graph)
  if (ready) return ready
  const grouping = groupByScope(graph, tree)
  const wide = [grouping.root, ...grouping.groups.values()].filter((group) => group.items.length > widestGroup)
  if (wide.length > 0) {
    const links = crossings(graph, grouping)
    for (const group of wide) splitIntoRuns(group, links.get(group) ?? [], (run) => grouping.groups.set(run.path, run))
  }
  known.set(graph, grouping)
  return grouping
}

interface GrowingGrouping extends Grouping {
  readonly groups: Map<string, Group>
}

function groupByScope(graph: Graph, tree: ScopeTree): GrowingGrouping {
  const absorbed = absorbedConstants(graph)
  const root = newGroup('', '')
  const groups = new Map<string, Group>()
  const nodes = new Map<string, NodeItem>()
  const scopes = new Map<string, Item>()
  const ops = new Map(graph.nodes.map((node) => [node.name, node.op]))

  // Inner scopes come after the ones around them in the tree, so backwards is from the inside out.
  for (const scope of [...tree.values()].reverse()) {
    const items: Item[] = []
    for (const name of scope.nodes) {
      if (absorbed.has(name)) continue
      const item = newNode(name, ops.get(name) ?? '', root)
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

function newNode(name: string, op: string, parent: Group): NodeItem {
  return { kind: 'node', id: nodeId(name), name, op, lines: [], label: name, parent, size: 1 }
}
