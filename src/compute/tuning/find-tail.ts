import { CutpointError } from '../../errors'
import { mapShapeOf, type MapShape } from '../../graph/graft/map-shape'
import { trunk } from '../../graph/lookup/trunk'
import { runPasses } from '../../graph/optimise'
import { freezePoints } from '../../graph/tail/freeze-points'
import { loosening } from '../../graph/tail/loosen'
import { whyNotFrom } from '../../graph/tail/reasons'
import { pointOfLayers } from '../../graph/tail/point-of-layers'
import { findTail } from '../../graph/tail/tail'
import type { FreezePoints, Tail } from '../../graph/tail/types'
import type { TailOptions } from '../../tail-options'
import type { AnalysedModel } from '../model/types'

/** What of a model a tail is found in. */
export type TailModel = Pick<AnalysedModel, 'read' | 'graph' | 'infos' | 'image'>

/** Where a tail that ends at the cut can begin; nowhere where several tensors are cut. */
export async function freezePointsOf(
  { read, graph, infos, image }: TailModel,
  cut: readonly string[],
): Promise<FreezePoints> {
  if (cut.length !== 1) return { points: [], stopped: null }
  const work = { graph: trunk(graph, cut, infos), weights: read.weights, batchFree: false }
  const loose = await runPasses(loosening, work, { evaluate: null, image })
  const { points, stopped } = freezePoints(loose.graph, cut[0])
  // Fused operations were taken apart; between their parts there is no tensor of the network.
  return { points: points.filter(({ tensor }) => infos.has(tensor)), stopped }
}

export interface FoundTail {
  readonly tail: Tail
  /** Convolutions and dense layers in it. */
  readonly layers: number
  /** How the numbers of a photo lie at the freeze point; null where they are no map. */
  readonly map: MapShape | null
}

/** The part of a network that options ask to be trained; all that can be where it has fewer layers. Throws CutpointError `cannot-tune`. */
export async function requireTail(
  model: TailModel,
  cut: readonly string[],
  { from, layers, mix }: Pick<TailOptions, 'from' | 'layers'> & Partial<Pick<TailOptions, 'mix'>>,
): Promise<FoundTail> {
  if (cut.length !== 1) {
    throw new CutpointError(
      'cannot-tune',
      'The last layers can be trained behind one cut only, and there are several.',
      'Cut at one tensor, or train the head alone.',
    )
  }
  const offered = await freezePointsOf(model, cut)
  const freeze = from ?? pointOfLayers(offered, layers)?.tensor
  if (freeze === undefined) {
    throw new CutpointError(
      'cannot-tune',
      'None of this network’s layers can be trained before this cut.',
      'Cut at another tensor, or train the head alone.',
      { stopped: offered.stopped },
    )
  }
  const tail = await tailBetween(model, freeze, cut[0])
  const known = offered.points.find(({ tensor }) => tensor === freeze)
  const map = mapShapeOf(model.graph, model.infos, [freeze])
  if (mix === 'cutmix' && map === null) {
    throw new CutpointError(
      'cannot-tune',
      `Cutmix needs a map, and what the network has at “${freeze}” has no places to cut out.`,
      'Train more of the last layers, or use mix: “mixup”.',
      { tensor: freeze },
    )
  }
  return { tail, map, layers: known?.layers ?? tail.trained.filter(({ isKernel }) => isKernel).length }
}

/** The part of a network from one tensor to another. Throws CutpointError `cannot-tune` or `no-such-tensor`. */
export async function tailBetween(
  { read, graph, infos, image }: TailModel,
  freeze: string,
  output: string,
): Promise<Tail> {
  const source = { graph: trunk(graph, [output, freeze], infos), weights: read.weights, image }
  const { tail, refusal } = await findTail(source, { freeze, output })
  // What is trained is put back into the file's weights, each in the place of one.
  const places = new Set(tail?.trained.map((weight) => weight.of))
  const isPlain = [...places].every((id) => graph.weights.get(id)?.dtype === 'float32')
  if (tail !== null && isPlain && places.size === tail.trained.length) return tail
  throw new CutpointError(
    'cannot-tune',
    `The network cannot be trained from “${freeze}” on.${refusal ? ` ${whyNotFrom(refusal)}` : ''}`,
    'Choose one of the tensors that are offered.',
    { tensor: freeze, refusal },
  )
}
