import { totalCost } from '../../graph/cost'
import { runTitle } from '../../graph/op-tables/titles'
import { scopeOf, splitTensor } from '../../graph/lookup/names'
import { ancestors, type Group } from '../../layout/group/grouping'
import { configFacts } from './config'
import { constantsBehind, groupNumbers } from './numbers'
import { longestList, tensorRow } from './rows'
import { amountsOf, wholeCost } from './totals'
import { tellableAt } from './tellable'
import { trafficOf } from './traffic'
import { weightsUsed } from './weights'
import { crumbsOf } from './where'
import { kindOfGroup } from './words'
import type { ViewedModel } from '../viewed-model'
import type { ModelFacts } from '../types'
import type { Amounts, GroupDescription, TensorRow } from './types'

const known = new WeakMap<Group, { readonly facts: ModelFacts | null; readonly description: GroupDescription }>()

/** What a group is and holds, what enters and leaves it, and the weights used inside; kept for when it is asked again. */
export function describeGroup(model: ViewedModel, group: Group): GroupDescription {
  const ready = known.get(group)
  if (ready?.facts === model.facts) return ready.description
  const description = newDescription(model, group)
  known.set(group, { facts: model.facts, description })
  return description
}

function newDescription(model: ViewedModel, group: Group): GroupDescription {
  const { index, grouping } = model
  const inside = nodesOf(model, group)
  const behind = constantsBehind(index)
  const operations = inside.filter((position) => behind[position] < 0)
  const { entering, leaving } = trafficOf(index, grouping, group)
  const { constants, withData, largest } = weightsUsed(index, inside, longestList)
  const layer = index.graph.scopes.get(group.path)
  return {
    kind: 'group',
    crumbs: crumbsOf(group),
    path: group.path,
    name: groupName(model, group, operations, leaving),
    title: group.title ?? (group === grouping.root ? 'The whole network' : runTitle(group.label)),
    ...kindOfGroup(group, layer),
    operations: group.size,
    constants,
    tellable: tellableAt(index.graph, group.path),
    amounts: amountsIn(model, group, operations, leaving),
    entering: rows(model, entering),
    leaving: rows(model, leaving),
    weights: largest.map(({ tensor, role }) => tensorRow(model, tensor, role)),
    counts: { entering: entering.length, leaving: leaving.length, weights: withData },
    config: layer ? configFacts(layer.config) : [],
  }
}

/** What a group is called in the graph; the paths of groups that are no scopes are of our own making. */
function groupName(
  { index: { graph }, tree }: ViewedModel,
  group: Group,
  operations: Int32Array,
  leaving: readonly string[],
): string {
  if (tree.has(group.path)) return group.path
  const names = Array.from(operations, (position) => graph.nodes[position].name)
  const common = names.map(scopeOf).reduce(commonScope, names.length > 0 ? scopeOf(names[0]) : '')
  const around = ancestors(group).find(({ path }) => tree.has(path))
  if (common !== '' && common !== around?.path) return common
  return leaving.length > 0 ? splitTensor(leaving[0]).node : (names.at(-1) ?? common)
}

function commonScope(one: string, other: string): string {
  let common = one
  while (common !== '' && other !== common && !other.startsWith(`${common}/`)) common = scopeOf(common)
  return common
}

/** Positions of all nodes with a box in a group, at any depth. */
function nodesOf({ index, grouping }: ViewedModel, group: Group): Int32Array {
  const { order, stretches } = groupNumbers(index, grouping)
  const { from, to } = stretches.get(group) ?? { from: 0, to: 0 }
  return order.subarray(from, to)
}

function amountsIn(
  { index: { graph }, grouping, facts }: ViewedModel,
  group: Group,
  operations: Int32Array,
  leaving: readonly string[],
): Amounts | null {
  if (!facts) return null
  const names = Array.from(operations, (position) => graph.nodes[position].name)
  const cost = group === grouping.root ? wholeCost(graph, facts) : totalCost(graph, facts.costs, names)
  return amountsOf(graph, facts, cost, leaving)
}

const rows = (model: ViewedModel, tensors: readonly string[]): TensorRow[] =>
  tensors.slice(0, longestList).map((tensor) => tensorRow(model, tensor))
