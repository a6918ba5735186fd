import type { HeadLayer } from '../../graph/graft/layers/forms'
import type { TrainedTail } from '../../graph/tail/trained-tail'
import type { Pool } from '../../graph/graft/pools'

/** A trained head, folded so that it takes features as the trunk gives them; the last layer gives probabilities. */
export interface Head {
  readonly layers: readonly HeadLayer[]
  /** How the values at the cut become its features. */
  readonly pool: Pool
  /** The network's last layers, where they were trained with it. */
  readonly tail: TrainedTail | null
  readonly labels: readonly string[]
}
