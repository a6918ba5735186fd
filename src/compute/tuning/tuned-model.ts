import { CutpointError } from '../../errors'
import type { TrainedTail } from '../../graph/tail/trained-tail'
import { withTrained } from '../../graph/tail/tuned'
import type { AnalysedModel } from '../model/types'
import { tailBetween } from './find-tail'

/** A model whose last layers before `cut` are as they were trained. Throws CutpointError `cannot-tune`. */
export async function tunedModel(
  model: AnalysedModel,
  cut: readonly string[],
  trained: TrainedTail,
): Promise<AnalysedModel> {
  const tail = await tailBetween(model, trained.from, cut[0])
  const known = new Map(tail.trained.map((weight) => [weight.of, weight.values]))
  if (trained.weights.some(({ id, values }) => known.get(id) !== values.length)) {
    throw new CutpointError(
      'cannot-tune',
      'The last layers that were trained with this head do not fit this network.',
      'Train again.',
      { from: trained.from },
    )
  }
  const { graph, weights } = withTrained({ graph: model.graph, weights: model.read.weights }, tail, trained)
  return { ...model, graph, read: { ...model.read, weights } }
}
