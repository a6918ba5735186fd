import type { HeadLayer } from '../../graph/graft/head-builder'

/** A trained head, folded so that it takes features as the trunk gives them; the last layer gives probabilities. */
export interface Head {
  readonly layers: readonly HeadLayer[]
  readonly labels: readonly string[]
}
