import { CutpointError } from '../../errors'
import { cutsToCompare, mostCompared } from '../../graph/cuts/compared'
import { featureLengths } from '../../graph/graft/graft'
import type { HeadOptionsOf } from '../../heads/specs'
import type { Advice, CutSummary, Preprocessing, TrainOptions } from '../../types'
import { compareCuts } from '../advise/compare'
import { comparingPhotos, type ComparingPhotos } from '../advise/photos'
import { computeFeatures, type FeatureRows } from '../features/features'
import { featuresKey } from '../features/features-key'
import type { LabelledImage } from '../features/labelled-image'
import { RowsOfCuts } from '../features/rows-of-cuts'
import type { JobContext } from '../jobs'
import { makeCut } from '../model/cut'
import type { AnalysedModel } from '../model/types'
import type { FeatureParts } from './features-at-cut'
import type { SessionParts } from './parts'

/** What cuts are compared with, and which ones. */
export interface AdviceAsked extends Pick<TrainOptions, 'classWeights'> {
  /** The head that is trained at each. */
  readonly head: HeadOptionsOf['linear']
  /** Tensors to compare; the ends of blocks and layers where left out. */
  readonly tensors?: readonly string[]
}

/** Where to cut. */
export function adviceCalls(parts: FeatureParts & Pick<SessionParts, 'turns'>) {
  const { turns } = parts
  return {
    /**
     * Compares cuts by how well heads at them name photos that they did not see. Each photo goes through the network
     * once, and its features at every cut are kept as if it had been cut there. The present cut stays. Throws
     * `cannot-cut` where there is nothing to compare, `no-images` or `one-label`.
     */
    advise: (
      job: string,
      images: readonly LabelledImage[],
      labels: readonly string[],
      preprocessing: Preprocessing,
      asked: AdviceAsked,
    ): Promise<Advice> => turns.job(job, (context) => advise(parts, { images, labels, preprocessing, asked }, context)),
  }
}

interface Advising {
  readonly images: readonly LabelledImage[]
  readonly labels: readonly string[]
  readonly preprocessing: Preprocessing
  readonly asked: AdviceAsked
}

async function advise(
  parts: FeatureParts,
  { images, labels, preprocessing, asked }: Advising,
  context: JobContext,
): Promise<Advice> {
  const photos = comparingPhotos(images, labels)
  context.progress('Preparing the network', 0, photos.images.length)
  await context.yieldTurn()
  const { analysed } = parts.held.model()
  const cuts = asked.tensors ? chosenCuts(analysed, asked.tensors) : ownCuts(analysed)
  const tensors = cuts.map((cut) => cut.tensors[0])
  const lengths = featureLengths(analysed.infos, tensors, analysed.graph, 'average') ?? []
  const rows = await featuresAtAll(parts, { photos, tensors, lengths, preprocessing }, context)
  const { head, classWeights } = asked
  const compared = await compareCuts({ photos, rows, lengths, labels: labels.length, head, classWeights }, context)
  return {
    photos: photos.images.length,
    labels: new Set(photos.classes).size,
    cuts: compared.map(({ places, accuracy, error }) => {
      const {
        featureLength,
        multiplyAdds,
        bytes,
        tensors: at,
      } = places.length === 1
        ? cuts[places[0]]
        : makeCut(
            analysed,
            places.map((place) => tensors[place]),
          )
      return { tensors: at, accuracy, error, featureLength, multiplyAdds, bytes }
    }),
  }
}

/** The cuts that are compared unasked; those before the first kernel hold nothing that was learnt. */
function ownCuts(model: AnalysedModel): CutSummary[] {
  const tensors = cutsToCompare(model.graph, model.infos, model.cuts)
  const all = tensors.map((tensor) => makeCut(model, [tensor]))
  const computing = all.filter(({ multiplyAdds }) => multiplyAdds > 0)
  // Of a network that takes pictures of any size it is not known what it computes.
  const cuts = computing.length > 0 ? computing : all.filter(({ parameters }) => parameters > 0)
  if (cuts.length > 0) return cuts
  throw new CutpointError(
    'cannot-cut',
    'There is no place in this network to compare: no tensor depends on a picture and keeps one row for each.',
    'Choose another output, or open another network.',
  )
}

/** Throws `bad-option`, `no-such-tensor` or `cannot-cut`. */
function chosenCuts(model: AnalysedModel, tensors: readonly string[]): CutSummary[] {
  if (tensors.length === 0 || tensors.length > mostCompared || new Set(tensors).size < tensors.length) {
    throw new CutpointError(
      'bad-option',
      `1 to ${mostCompared} different tensors can be compared.`,
      'Name some of them, or leave them out to have them chosen.',
    )
  }
  return tensors.map((tensor) => makeCut(model, [tensor]))
}

interface Fetching {
  readonly photos: ComparingPhotos
  readonly tensors: readonly string[]
  readonly lengths: readonly number[]
  readonly preprocessing: Preprocessing
}

/** Features at all cuts side by side, each photo going through the network at most once. */
async function featuresAtAll(
  { held, runners, cache, decoder }: FeatureParts,
  { photos, tensors, lengths, preprocessing }: Fetching,
  context: JobContext,
): Promise<FeatureRows> {
  const model = held.model()
  const place = { cut: tensors, pool: 'average' } as const
  const { runner, backend } = await runners.require(model, preprocessing, place, () => context.checkCancelled())
  const own = tensors.map((tensor, index) => ({
    keyPrefix: featuresKey(model, { ...place, cut: [tensor] }, preprocessing, backend),
    length: lengths[index],
  }))
  const rows = new RowsOfCuts(cache, own)
  try {
    const work = { runner, decode: decoder.require(), cache: rows, keyPrefix: '', preprocessing }
    return await computeFeatures(photos.images, work, context)
  } finally {
    rows.flush()
  }
}
