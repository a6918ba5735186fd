import type { DenseLayer } from '../../graph/graft/layers/dense'
import { tailWithHead, type TailWithHead } from '../../graph/tail/learning-head'
import type { Tail } from '../../graph/tail/types'
import { CutpointError } from '../../errors'
import type { TrainingState } from '../../kept-training'
import type { TailReport } from '../../types'
import type { Head } from '../head/head'
import { createPace } from '../head/pace'
import { foldScaling, type Scaling } from '../head/rows'
import type { Trained } from '../head/train-head'
import type { JobContext } from '../jobs'
import { memories } from '../kernels/update-rules'
import type { TailLearner } from '../tail/types'
import { runEpochs } from './epochs'
import type { EpochsPassed } from './epochs-types'
import { mixtures } from './mixed-batch'
import { areOf } from './on-its-way'
import { openLearner } from './open-learner'
import { batchOf, meansOver, type Means } from './program-rows'
import { scalingLayer } from './scaled-layers'
import { startOf, type Start, type TailTraining } from './start'
import { tunedReport } from './tuned-report'

/**
 * Trains the last layers of the network together with a head. Whether they are used is decided by photos held out for
 * validation, else by some that are set aside from those trained on: they must do better than the head by itself.
 * Throws CutpointError `cannot-tune`.
 */
export async function tuneHead(training: TailTraining, context: JobContext): Promise<Trained> {
  const { alone, found, options, keeping } = training
  const began = performance.now()
  const from = (await keeping.found?.state()) ?? null
  const pace = createPace(() => context.checkCancelled())
  if (!keeping.found) context.progress('Training the last layers', 0, options.epochs)
  const start = await startOf(training, context)
  const head = { pool: alone.head.pool, scaling: scalingLayer(start.scaling), layers: start.layers }
  const joined = tailWithHead(found.tail, head)
  const batch = Math.min(options.batchSize, start.training.labels.length)
  const learner = await openLearner(joined.tail, {
    batch,
    memories: memories[options.optimizer],
    trial: batchOf(
      start.training,
      Int32Array.from({ length: batch }, (_, place) => place),
    ),
    pace,
    by: options.by,
  })
  try {
    const measured = await meansOver(learner, start.held, pace)
    if (from) await checkFits(learner, from, measured)
    const before = from?.before ?? measured
    if (!options.headFirst) setLayers(learner, joined, start.fresh)
    const passed = await runEpochs(learner, {
      ...start,
      mixtureAt: mixtures(options, found.map, training.given.options.seed),
      before,
      options,
      decay: new Map(joined.layers.map(({ kernel }) => [kernel, start.penalty])),
      seed: training.given.options.seed,
      pace,
      from,
      keeper: keeping.keeper,
    })
    const tail = tailReport(training, start, { ...passed, before, ms: (from?.ms ?? 0) + performance.now() - began })
    if (!tail.kept) return { ...alone, report: { ...alone.report, tail } }
    const tuned = headOf(await learner.weights(), joined, start.scaling, alone.head, found.tail)
    return { ...alone, head: tuned, report: await tunedReport({ training, learner, passed, tail }, context) }
  } finally {
    learner.dispose()
  }
}

/** How much a loss may differ where it is worked out on other processors. */
const rounding = 1e-3

/** Throws CutpointError `cannot-resume` unless a state is of this network, and of these photos. */
async function checkFits(learner: TailLearner, { weights, before }: TrainingState, measured: Means): Promise<void> {
  const isSame = Math.abs(before.loss - measured.loss) <= rounding * (1 + Math.abs(measured.loss))
  if (isSame && (await areOf(learner, weights))) return
  throw new CutpointError(
    'cannot-resume',
    'The network or the photos are not those that this training began with.',
    'Discard it, and train again.',
    { before: before.loss, now: measured.loss },
  )
}

function tailReport(
  { found: { tail, layers } }: TailTraining,
  { held, setAside }: Start,
  { history, best, before, after, stopped, ms }: EpochsPassed & Pick<TailReport, 'before' | 'ms'>,
): TailReport {
  return {
    from: tail.freeze,
    layers,
    parameters: tail.parameters,
    epochs: history.length,
    ms,
    decidedBy: { photos: held.labels.length, setAside },
    before,
    after,
    stopped,
    kept: best >= 0,
  }
}

/** Gives the head's weights in a program those of layers. */
function setLayers(learner: TailLearner, joined: TailWithHead, layers: readonly DenseLayer[]): void {
  learner.restore(
    new Map(
      joined.layers.flatMap(({ kernel, bias }, index) => [
        [kernel, layers[index].kernel],
        [bias, layers[index].bias],
      ]),
    ),
  )
}

/** The head with the weights that were learnt, for features as they are, with the tail's weights. */
function headOf(
  weights: ReadonlyMap<string, Float32Array>,
  joined: TailWithHead,
  scaling: Scaling,
  alone: Head,
  { freeze: from, trained }: Tail,
): Head {
  const layers = joined.layers.map(({ kernel, bias }, index): DenseLayer => {
    const shift = weights.get(bias) ?? new Float32Array()
    return {
      kind: 'dense',
      kernel: weights.get(kernel) ?? new Float32Array(),
      bias: shift,
      outputs: shift.length,
      activation: index === joined.layers.length - 1 ? 'softmax' : 'relu',
    }
  })
  const tuned = trained.map(({ id, of }) => ({ id: of, values: weights.get(id) ?? new Float32Array() }))
  return { ...alone, layers: foldScaling(layers, scaling), tail: { from, weights: tuned } }
}
