import type { HeadLayer } from '../../graph/graft/head-builder'
import type { LinearHead } from './linear/types'

/** A trained head, folded so that it takes features as the trunk gives them; the last layer gives probabilities. */
export interface Head {
  readonly layers: readonly HeadLayer[]
  readonly labels: readonly string[]
}

/** The one layer of a linear head. */
export function softmaxLayer({ kernel, bias }: LinearHead): HeadLayer {
  return { kernel, bias, outputs: bias.length, activation: 'softmax' }
}
