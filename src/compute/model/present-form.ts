import { settleBranches } from '../../graph/branches/settle'
import { withoutWaiting } from '../../graph/branches/waiting'
import { modernise } from '../../graph/legacy'
import { spellOutLayerNorms } from '../../graph/legacy/layer-norm'
import { overlayWeights } from '../../graph/lookup/weights'
import type { Graph, WeightStore } from '../../graph/types'

/** A network as it was read. */
interface AsRead {
  readonly graph: Graph
  readonly weights: WeightStore
}

/** The same under present names of operations, with branches for training left out; `flags` and `dead` say which. */
export function presentForm({
  graph: read,
  weights: stored,
}: AsRead): AsRead & Pick<ReturnType<typeof settleBranches>, 'flags' | 'dead'> {
  const { graph: settled, flags, dead } = settleBranches(withoutWaiting(read))
  const { graph, weights } = spellOutLayerNorms(modernise(settled))
  return { graph, weights: overlayWeights(stored, weights), flags, dead }
}
