import type { DenseLayer } from '../../../graph/graft/layers/dense'

/** The one layer of a linear head with these weights. */
export function softmaxLayer({ kernel, bias }: Pick<DenseLayer, 'kernel' | 'bias'>): DenseLayer {
  return { kind: 'dense', kernel, bias, outputs: bias.length, activation: 'softmax' }
}
