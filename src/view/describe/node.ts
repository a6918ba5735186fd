import { totalCost } from '../../graph/cost'
import { scopeOf, tensorName } from '../../graph/lookup/names'
import { inputName, opCategory, opSentence, outputCount } from '../../graph/op-tables/ops'
import type { GraphNode } from '../../graph/types'
import { attributeFacts } from './attributes'
import { longestList, nodeRow, takersOf, tensorRow, titleOf, weightOf } from './rows'
import { amountsOf } from './totals'
import { tellableAt } from './tellable'
import { crumbsOf } from './where'
import { itemOf } from '../locate'
import type { ViewedModel } from '../viewed-model'
import type { NodeDescription } from './types'

/** What an operation or a constant does, takes, makes and weighs. */
export function describeNode(model: ViewedModel, node: GraphNode): NodeDescription {
  const { index, facts } = model
  const { graph } = index
  const outputs = outputsOf(model, node)
  return {
    kind: 'node',
    crumbs: crumbsOf(itemOf(model, { kind: 'node', name: node.name })),
    name: node.name,
    op: node.op,
    title: titleOf(model, node),
    category: opCategory(node.op),
    sentence: opSentence(node.op),
    blocked: facts?.blocked?.get(node.name) ?? null,
    amounts: facts && amountsOf(graph, facts, totalCost(graph, facts.costs, [node.name]), outputs),
    inputs: node.inputs.slice(0, longestList).map((tensor, at) => tensorRow(model, tensor, inputName(node, at))),
    outputs: outputs.map((tensor) => tensorRow(model, tensor)),
    ...takersOf(model, outputs),
    runsAfter: node.controlInputs.slice(0, longestList).flatMap((name) => {
      const before = index.nodes.get(name)
      return before ? [nodeRow(model, before)] : []
    }),
    attributes: attributeFacts(node),
    weight: weightOf(model, tensorName(node.name)),
    tellable: tellableAt(graph, scopeOf(node.name)),
    function: model.functionOf.get(node.name) ?? null,
  }
}

/** All outputs the op has, and any beyond that somebody takes. */
function outputsOf({ index }: ViewedModel, node: GraphNode): string[] {
  const outputs: string[] = []
  const count = outputCount(node)
  for (let i = 0; i < longestList; i++) {
    const tensor = tensorName(node.name, i)
    if (i >= count && !index.uses.has(tensor)) break
    outputs.push(tensor)
  }
  return outputs
}
