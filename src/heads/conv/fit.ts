import { imageWeights } from '../../compute/head/class-weights'
import { notFinite } from '../../compute/head/not-finite'
import { createPace } from '../../compute/head/pace'
import type { Fittable, Fitted, HeadFit } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import { scheduleOf } from '../../compute/kernels/schedule'
import { teamModule } from '../../compute/tail/load'
import { uniform } from '../../random'
import type { MapShape } from '../../graph/graft/map-shape'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { runEpochs } from '../dense/fit/epochs'
import { tellingEpochs } from '../dense/fit/telling'
import type { LayerWeights } from '../dense/fit/weights'
import { MapSteps } from './fit/map-steps'
import { filtersOf, type ConvOptions } from './spec'

/** How heads of convolutions are trained: in rounds, by our own engine whatever the backend. */
export const convFit: HeadFit<ConvOptions> = { settle: null, fit, refit: null, tuning: null }

async function fit(given: Fittable, head: ConvOptions, context: JobContext): Promise<Fitted> {
  const { training, validation, classes, classWeights, seed, map } = given
  if (!map) throw new Error('there is no map')
  const began = performance.now()
  const count = training.classes.length
  const scale = scaleOf(training.data)
  const pace = createPace(() => context.checkCancelled())
  const weights = imageWeights(training.classes, classes, classWeights).map((weight) => weight * count)
  const first = layersOf(map, head, firstOf(map, head, classes, seed))
  const { TailTeam, startHelper, threadsHere } = await teamModule()
  const steps = await MapSteps.open(
    {
      ...head,
      training: { features: training.data, labels: training.classes, weights },
      held: validation,
      scale,
      layers: first,
      rule: head.optimizer,
      rate: scheduleOf(head, Math.ceil(count / head.batchSize)),
      // Not the stream that the first weights come from.
      seed: seed + 1,
      batch: Math.min(head.batchSize, count),
      pace,
    },
    { open: (tail, options) => TailTeam.open(tail, options), threads: threadsHere(), start: startHelper },
  )
  try {
    const told = tellingEpochs(head.epochs, context)
    const heldCount = validation?.labels.length ?? 0
    const rows = { count, heldCount, isHeldOut: true, mixer: () => null }
    const { history, best, stopped } = await runEpochs(steps, rows, { head, seed, pace, onEpoch: told.onEpoch })
    told.rest()
    const [{ kernel, bias }, ...others] = await steps.best()
    const raw = { kernel: kernel.map((value) => value * scale), bias }
    return {
      layers: layersOf(map, head, [raw, ...others]),
      history,
      fit: {
        ms: performance.now() - began,
        iterations: steps.taken,
        loss: history[best].loss,
        gradient: null,
        stopped,
      },
    }
  } finally {
    steps.dispose()
  }
}

/** One over the root of the mean square, so that values are about 1 and those that are 0, as outside the map, stay so. */
function scaleOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  if (!Number.isFinite(sum)) throw notFinite({})
  return sum > 0 ? Math.sqrt(values.length / sum) : 1
}

/** Glorot's uniform numbers, as Keras begins with. */
function firstOf({ channels }: MapShape, head: ConvOptions, classes: number, seed: number): LayerWeights[] {
  const random = uniform(seed)
  const widths = [channels, ...filtersOf(head), classes]
  return widths.slice(1).map((outputs, at) => {
    const area = at + 2 < widths.length ? head.kernel ** 2 : 1
    const limit = Math.sqrt(6 / (area * (widths[at] + outputs)))
    const kernel = Float32Array.from({ length: area * widths[at] * outputs }, () => limit * (2 * random() - 1))
    return { kernel, bias: new Float32Array(outputs) }
  })
}

function layersOf(map: MapShape, head: ConvOptions, weights: readonly LayerWeights[]): HeadLayer[] {
  const { height, width } = map
  const filters = filtersOf(head)
  const [dense] = weights.slice(-1)
  return [
    ...filters.map((many, at): HeadLayer => {
      const channels = at === 0 ? map.channels : filters[at - 1]
      return {
        kind: 'conv',
        height,
        width,
        channels,
        filters: many,
        size: head.kernel,
        activation: 'relu',
        ...weights[at],
      }
    }),
    { kind: 'global-pool', height, width, channels: filters[filters.length - 1] },
    { kind: 'dense', ...dense, outputs: dense.bias.length, activation: 'softmax' },
  ]
}
