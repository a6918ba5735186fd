import { totalCost } from '../graph/cost'
import { runTitle } from '../graph/titles'
import type { Group } from '../layout/grouping'
import { configFacts } from './describe-config'
import { longestList, tensorRow } from './describe-rows'
import { amountsOf, wholeCost } from './describe-totals'
import { trafficOf, type Traffic } from './describe-traffic'
import { weightsUsed } from './describe-weights'
import { crumbsOf, isIn, operationsIn } from './describe-where'
import { kindOfGroup } from './describe-words'
import type { ViewedModel } from './model'
import type { GroupDescription, TensorRow } from './types'

/** What a group is and holds, what enters and leaves it, and the weights used inside. */
export function describeGroup(model: ViewedModel, group: Group): GroupDescription {
  const { index, facts } = model
  const { graph } = index
  const names = namesIn(model, group)
  const traffic = group === model.grouping.root ? ends(model) : borderOf(model, group, names)
  const { constants, weights } = weightsUsed(model, names)
  const layer = graph.scopes.get(group.path)
  const cost = facts && (group === model.grouping.root ? wholeCost(graph, facts) : totalCost(graph, facts.costs, names))
  return {
    kind: 'group',
    crumbs: crumbsOf(group),
    path: group.path,
    title: group.title ?? (group.path === '' ? 'The whole network' : runTitle(group.label)),
    ...kindOfGroup(group, layer),
    operations: names.length,
    constants: constants.size,
    amounts: facts && cost && amountsOf(graph, facts, cost, traffic.leaving),
    entering: rows(model, traffic.entering),
    leaving: rows(model, traffic.leaving),
    weights: weights.slice(0, longestList).map(({ tensor, role }) => tensorRow(model, tensor, role)),
    counts: { entering: traffic.entering.length, leaving: traffic.leaving.length, weights: weights.length },
    config: layer ? configFacts(layer.config) : [],
  }
}

/** Operations inside; where constants have boxes of their own, these are left out. */
function namesIn({ index }: ViewedModel, group: Group): string[] {
  return operationsIn(group).flatMap(({ name }) => (index.nodes.get(name)?.weight === undefined ? [name] : []))
}

function borderOf({ index, grouping }: ViewedModel, group: Group, names: readonly string[]): Traffic {
  const isConstant = (name: string) => !grouping.nodes.has(name) || index.nodes.get(name)?.weight !== undefined
  return trafficOf(index, { names, has: (name) => isIn(grouping.nodes.get(name), group) }, isConstant)
}

/** What enters and leaves the whole graph. */
function ends({ index: { graph } }: ViewedModel): Traffic {
  const tensors = (entries: typeof graph.inputs) => [...new Set(entries.map(({ tensor }) => tensor))]
  return { entering: tensors(graph.inputs), leaving: tensors(graph.outputs) }
}

const rows = (model: ViewedModel, tensors: readonly string[]): TensorRow[] =>
  tensors.slice(0, longestList).map((tensor) => tensorRow(model, tensor))
