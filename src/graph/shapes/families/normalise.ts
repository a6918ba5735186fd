import { boolAttribute } from '../../lookup/attributes'
import { channelAxis } from './window'
import { tensor, typeOf, type ShapeRule } from '../tensor'

/** The value, then mean and variance a channel, then what training would keep. */
export const fusedBatchNorm: ShapeRule = (node, inputs, outputs) => {
  const x = inputs.at(0)
  const statistics = typeOf(node, 'U', node.op === 'FusedBatchNorm' ? x.dtype : 'float32')
  const channels = x.shape ? x.shape[channelAxis(node, x.shape.length)] : (inputs.at(1).shape?.[0] ?? null)
  const isTraining = boolAttribute(node, 'is_training', true)
  return Array.from({ length: outputs }, (_, output) => {
    if (output === 0) return tensor(typeOf(node, 'T', x.dtype), x.shape)
    // Only training fills the last one of FusedBatchNormV3, and only on a GPU.
    return tensor(statistics, output === 5 ? [isTraining ? null : 0] : [channels])
  })
}
