import { boolAttribute } from '../../lookup/attributes'
import { outputCount } from '../../op-tables/ops'
import { channelAxis } from './window'
import { tensor, typeOf, type ShapeRule, type Rules } from '../tensor'

/** The value, then mean and variance a channel, then what training would keep. */
const fusedBatchNorm: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const statistics = typeOf(node, 'U', node.op === 'FusedBatchNorm' ? x.dtype : 'float32')
  const channels = x.shape ? x.shape[channelAxis(node, x.shape.length)] : (inputs.at(1).shape?.[0] ?? null)
  const isTraining = boolAttribute(node, 'is_training', true)
  return Array.from({ length: outputCount(node) }, (_, output) => {
    if (output === 0) return tensor(typeOf(node, 'T', x.dtype), x.shape)
    // Only training fills the last one of FusedBatchNormV3, and only on a GPU.
    return tensor(statistics, output === 5 ? [isTraining ? null : 0] : [channels])
  })
}

const sameShape: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'T', inputs.at(0).dtype), inputs.at(0).shape)]

export const normaliseRules: Rules = {
  FusedBatchNorm: fusedBatchNorm,
  FusedBatchNormV2: fusedBatchNorm,
  FusedBatchNormV3: fusedBatchNorm,
  BatchNormWithGlobalNormalization: sameShape,
}
