import type { HeadLayer } from '../../../graph/graft/head-builder'

/** The one layer of a linear head with these weights. */
export function softmaxLayer({ kernel, bias }: Pick<HeadLayer, 'kernel' | 'bias'>): HeadLayer {
  return { kernel, bias, outputs: bias.length, activation: 'softmax' }
}
