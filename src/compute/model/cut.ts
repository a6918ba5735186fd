import { CutpointError } from '../../errors'
import { totalCost } from '../../graph/cost'
import { featureLength } from '../../graph/graft/graft'
import { mapAt } from '../../graph/graft/map-at'
import { indexGraph } from '../../graph/lookup/graph-index'
import { ancestors } from '../../graph/lookup/trunk'
import type { CutSummary } from '../../types'
import { requireTensors } from './analyse'
import type { AnalysedModel } from './types'

/** What a cut keeps and costs. Throws CutpointError `no-cut`, `no-such-tensor` or `cannot-cut`. */
export function makeCut(model: AnalysedModel, tensors: readonly string[]): CutSummary {
  requireTensors(model, tensors)
  if (tensors.length === 0) {
    throw new CutpointError('no-cut', 'No tensor was named.', 'Name at least one tensor to cut at.')
  }
  for (const tensor of tensors) {
    const verdict = model.cuts.verdicts.get(tensor)
    if (verdict?.canCut) continue
    throw new CutpointError(
      'cannot-cut',
      `“${tensor}” cannot be cut: ${verdict?.why ?? 'nothing is known of it'}`,
      model.cuts.suggested ? `Try the suggested cut, “${model.cuts.suggested}”.` : 'Choose another tensor.',
      { tensor, suggested: model.cuts.suggested },
    )
  }
  const length = featureLength(model.infos, tensors, model.graph)
  if (length === null) throw unknownLength(tensors)
  const kept = ancestors(indexGraph(model.graph), tensors)
  const cost = totalCost(model.graph, model.costs, kept)
  const recommended = tensors.every((tensor) => model.cuts.verdicts.get(tensor)?.recommended)
  return {
    tensors: [...tensors],
    shape: [...(model.infos.get(tensors[0])?.shape ?? [])],
    featureLength: length,
    hasMap: mapAt(model.graph, model.infos, tensors) !== null,
    parameters: cost.parameters,
    multiplyAdds: cost.multiplyAdds,
    bytes: cost.weightBytes,
    recommended,
    why: whyThisCut(tensors, recommended, model.cuts.suggested),
  }
}

/** A head has a kernel row for each feature, so their number must be known. */
function unknownLength(tensors: readonly string[]): CutpointError {
  return new CutpointError(
    'cannot-cut',
    `“${tensors.join('”, “')}” cannot be cut: how many features it has is not known before the network runs.`,
    'Choose an earlier tensor whose last dimension is known.',
    { tensors: [...tensors] },
  )
}

function whyThisCut(tensors: readonly string[], recommended: boolean, suggested: string | null): string {
  if (tensors.length === 1 && tensors[0] === suggested) {
    return recommended
      ? 'The last tensor that all paths go through, before the layers that were trained for the old labels.'
      : 'The last tensor that can be cut and keeps trained layers; some paths to the output go round it.'
  }
  if (recommended) return 'Every path from the picture to the output goes through here.'
  return tensors.length > 1
    ? 'Several tensors: each is pooled, and they are put side by side.'
    : 'Some paths to the output go round this tensor; the head will not see what they carry.'
}
