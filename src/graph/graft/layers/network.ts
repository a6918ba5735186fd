import { sizeOf } from '../../optimise/constant'
import { lengthOf } from '../network/source'
import { storedStructure } from '../network/stored'
import type { NetworkStructure } from '../network/types'
import type { LayerForm } from './types'

/** A network of its own from features to logits, and their softmax. */
export interface NetworkLayer {
  readonly kind: 'network'
  readonly structure: NetworkStructure
  /** The numbers of its constants of float32, one after the other. */
  readonly weights: Float32Array
}

export const networkForm: LayerForm<NetworkLayer> = {
  kind: 'network',
  fields: { structure: storedStructure },
  arrays: ['weights'],
  sizes: ({ structure }, { weights }) =>
    weights === lengthOf(structure) ? { input: [sizeOf(structure.inputShape)], output: [structure.outputs] } : null,
}
