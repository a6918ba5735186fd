import { createPace } from '../../compute/head/pace'
import { scalingOf } from '../../compute/head/rows'
import type { Fittable, Fitted, HeadFit, HeadTuning } from '../../compute/head/types'
import { CutpointError } from '../../errors'
import type { JobContext } from '../../compute/jobs'
import { tellingEpochs } from './fit/telling'
import { fitDenseHead, freshLayers } from './fit/train'
import { dense, type DenseOptions } from './spec'

/** How heads with hidden layers are trained: in rounds, which are told as they pass. */
export const denseFit: HeadFit<DenseOptions> = { settle: null, fit, refit: null, tuning }

/** As many as can be trained in a worker's memory, each with what an optimizer remembers of it. */
const mostWeights = 1e8

async function fit(
  { training, validation, length, classes, classWeights, map, seed }: Fittable,
  head: DenseOptions,
  context: JobContext,
): Promise<Fitted> {
  const weights = dense.parameters(head, length, classes)
  if (weights > mostWeights) throw tooMany(weights)
  if (head.mix === 'cutmix' && !map) throw noMap()
  const told = tellingEpochs(head.epochs, context)
  const result = await fitDenseHead(
    { training: { features: training.data, labels: training.classes }, validation, length, classes, classWeights, map },
    {
      head,
      seed,
      pace: createPace(() => context.checkCancelled()),
      onEpoch: told.onEpoch,
    },
  )
  told.rest()
  const { layers, history, ms, iterations, loss, stopped } = result
  return { layers, history, fit: { ms, iterations, loss, gradient: null, stopped } }
}

function tuning({ training, length, classes, seed }: Fittable, head: DenseOptions): HeadTuning {
  return {
    scaling: scalingOf(training.data, length),
    penalty: 0,
    fresh: () => freshLayers(head, length, classes, seed),
  }
}

function tooMany(weights: number): CutpointError {
  return new CutpointError(
    'bad-option',
    `Such hidden layers have ${weights.toLocaleString('en')} numbers to learn, more than fit into memory.`,
    'Choose smaller layers, or have the values averaged over all places.',
    { weights },
  )
}

function noMap(): CutpointError {
  return new CutpointError(
    'bad-option',
    'Cutmix needs a map: what is learnt from here has no places to cut out.',
    'Cut at one tensor that is a map of several places, or use mix: “mixup”.',
  )
}
