import { tensorBytes } from '../../graph/cost'
import { splitTensor } from '../../graph/lookup/names'
import type { GraphNode } from '../../graph/types'
import { nodeRow, takersOf, tensorRow } from './rows'
import { crumbsOf } from './where'
import { itemOf } from '../locate'
import type { ViewedModel } from '../viewed-model'
import type { TensorDescription } from './types'

/** What a tensor is, who makes and takes it, and whether it can be cut. */
export function describeTensor(model: ViewedModel, tensor: string, maker: GraphNode): TensorDescription {
  const { shape, dtype, canCut, recommended, weight } = tensorRow(model, tensor)
  const { facts } = model
  return {
    kind: 'tensor',
    crumbs: crumbsOf(itemOf(model, { kind: 'node', name: maker.name })),
    name: tensor,
    shape,
    dtype,
    output: splitTensor(tensor).output,
    bytes: tensorBytes(facts?.infos.get(tensor)),
    canCut,
    why: facts?.verdicts.get(tensor)?.why ?? null,
    recommended,
    maker: nodeRow(model, maker),
    ...takersOf(model, [tensor]),
    weight,
  }
}
