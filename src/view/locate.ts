import { splitTensor } from '../graph/lookup/names'
import { nodesInside } from '../graph/lookup/scopes'
import { ancestors, type Grouping, type Item } from '../layout/group/grouping'
import type { ViewedModel } from './viewed-model'
import type { NodePlace } from './types'
import type { Selection } from './selection'

/** Where something is to be seen, and what must be unfolded for it; null if it is not there. */
export function locate(model: ViewedModel, selection: Selection): NodePlace | null {
  const item = itemOf(model, selection)
  if (!item || item === model.grouping.root) return null
  const around = ancestors(item).map((group) => group.path)
  return { box: item.id, unfold: around.filter((path) => path !== '').reverse() }
}

/** What stands for a selection: its own item, or for a constant that of the operation that uses it. */
export function itemOf(model: ViewedModel, { kind, name }: Selection): Item | undefined {
  if (kind === 'scope') return scopeItem(model, name)
  return nodeItem(model, kind === 'tensor' ? splitTensor(name).node : name)
}

/** How many operations in a row that only pass a constant on are followed. */
const longestChain = 16

function nodeItem({ grouping, index }: ViewedModel, name: string): Item | undefined {
  let current: string | undefined = name
  for (let step = 0; step < longestChain && current !== undefined; step++) {
    const item = grouping.nodes.get(current)
    if (item) return item
    // The look-up of uses is by tensor; what gets no box has one output.
    current = index.uses.get(`${current}:0`)?.at(0)?.node.name
  }
  return undefined
}

/** A group, what stands for a scope, or the innermost group around what was in a scope that is no more. */
function scopeItem(model: ViewedModel, path: string): Item | undefined {
  const { grouping, tree } = model
  const known = grouping.groups.get(path) ?? grouping.scopes.get(path)
  if (known) return known
  const run = path.lastIndexOf('#')
  if (run >= 0 && !tree.has(path)) return run === 0 ? grouping.root : scopeItem(model, path.slice(0, run))
  let common: Item | undefined
  for (const name of nodesInside(tree, path)) {
    const item = nodeItem(model, name)
    if (item) common = common ? innermostAround(common, item, grouping) : item
    if (common === grouping.root) break
  }
  return common
}

function innermostAround(a: Item, b: Item, { root }: Grouping): Item {
  if (a === b) return a
  const around = new Set<Item>([a, ...ancestors(a)])
  return [b, ...ancestors(b)].find((item) => around.has(item)) ?? root
}
