import { tensorShapeText, weightBehind } from '../../graph/op-tables/titles'
import type { GraphNode } from '../../graph/types'
import { titleOf } from '../describe/rows'
import type { ViewedModel } from '../viewed-model'
import type { FoundResult } from './types'

/** A node as something found; a tensor, where it is a further output or `asTensor` is wished. */
export function entryResult(model: ViewedModel, node: GraphNode, tensor: string, asTensor: boolean): FoundResult {
  const { index, facts } = model
  const isNode = !asTensor && tensor === `${node.name}:0`
  const verdict = facts?.verdicts.get(tensor)
  const shape = facts?.infos.get(tensor)?.shape ?? weightBehind(tensor, index)?.shape
  return {
    selection: isNode ? { kind: 'node', name: node.name } : { kind: 'tensor', name: tensor },
    name: isNode ? node.name : tensor,
    detail: [titleOf(model, node), ...(shape ? [tensorShapeText(tensor, shape, index)] : [])].join(' · '),
    tensor: { name: tensor, canCut: verdict?.canCut ?? false, recommended: verdict?.recommended ?? false },
  }
}
