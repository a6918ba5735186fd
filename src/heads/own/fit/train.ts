import { imageWeights } from '../../../compute/head/class-weights'
import { createPace } from '../../../compute/head/pace'
import type { Fittable, Fitted } from '../../../compute/head/types'
import type { JobContext } from '../../../compute/jobs'
import { memories } from '../../../compute/kernels/update-rules'
import { startHelper, threadsHere } from '../../../compute/tail/team/start'
import { TailTeam } from '../../../compute/tail/team/team'
import type { MapRows } from '../../../compute/tuning/program-rows'
import { CutpointError } from '../../../errors'
import type { NetworkLayer } from '../../../graph/graft/layers/network'
import { lastDense, withLast } from '../../../graph/graft/network/last-layer'
import { graphOf, placesOf } from '../../../graph/graft/network/source'
import type { Structured } from '../../../graph/graft/network/structure'
import type { OwnNetwork } from '../../../graph/graft/network/types'
import { whyStopped } from '../../../graph/tail/reasons'
import { findTail } from '../../../graph/tail/tail'
import type { Tail } from '../../../graph/tail/types'
import { firstWeights } from '../../dense/fit/weights'
import type { OwnOptions } from '../spec'
import { runRounds } from './rounds'

/** Numbers from which on it pays to share a step among threads. */
const worthThreads = 200_000

/** Trains a network of one’s own on features as they are, from the weights it has; the same input gives the same head. Throws CutpointError. */
export async function fitOwn(given: Fittable, head: OwnOptions, context: JobContext): Promise<Fitted> {
  const began = performance.now()
  const { training, validation, length, classes, classWeights, seed } = given
  const start = startOf(required(given.network), head, classes, seed)
  const tail = await tailOf(start, head)
  const count = training.classes.length
  const batch = Math.min(head.batchSize, count)
  const isHeavy = tail.parameters > worthThreads || start.structure.inputShape.length > 1
  const learner = await TailTeam.open(tail, {
    batch,
    memories: memories[head.optimizer],
    threads: isHeavy ? threadsHere() : 1,
    start: startHelper,
  })
  try {
    // Each counts 1 on average, as in Keras.
    const weights = imageWeights(training.classes, classes, classWeights).map((weight) => weight * count)
    const held: MapRows | null = validation && {
      data: validation.features,
      length,
      labels: validation.labels,
      weights: new Float32Array(validation.labels.length).fill(1),
    }
    const passed = await runRounds(learner, {
      training: { data: training.data, length, labels: training.classes, weights: Float32Array.from(weights) },
      held,
      head,
      seed,
      pace: createPace(() => context.checkCancelled()),
      context,
    })
    const layer = learnt(start, tail, await learner.weights())
    const { history, best, steps, stopped } = passed
    const fit = { ms: performance.now() - began, iterations: steps, loss: history[best].loss, gradient: null, stopped }
    return { layers: [layer], history, fit }
  } finally {
    learner.dispose()
  }
}

function required(network: OwnNetwork | undefined): OwnNetwork {
  if (network) return network
  throw new CutpointError(
    'no-own-network',
    'The network that is to be the head is not here.',
    'Drop it once more under “Training”.',
  )
}

/** The network as it begins: with the last layer of its file, or with a new one. */
function startOf(own: OwnNetwork, { lastLayer }: OwnOptions, classes: number, seed: number): Structured {
  if (lastLayer === 'kept') return own
  const last = lastDense(own.structure)
  if (!last) throw noLast()
  const [fresh] = firstWeights([last.inputs, classes], 'glorot_uniform', seed)
  return withLast(own, last, fresh)
}

/** The part that learns: all of it, or its last dense layer. */
async function tailOf({ structure, weights: numbers }: Structured, { learns }: OwnOptions): Promise<Tail> {
  const { graph, weights } = graphOf(structure, numbers)
  const ends = { freeze: structure.input, output: structure.output }
  const { tail, refusal } = await findTail({ graph, weights, image: null }, ends)
  if (!tail) {
    throw new CutpointError(
      'cannot-join',
      `This network cannot be trained. ${whyStopped(refusal)}`,
      'Choose another one.',
    )
  }
  if (learns === 'all') return tail
  const last = lastDense(structure)
  if (!last) throw noLast()
  const ids = [last.kernel.id, last.bias?.id]
  const trained = tail.trained.filter(({ of }) => ids.includes(of))
  return { ...tail, trained, parameters: trained.reduce((sum, { values }) => sum + values, 0) }
}

/** The network with what it learnt. */
function learnt(
  { structure, weights }: Structured,
  { trained }: Tail,
  values: ReadonlyMap<string, Float32Array>,
): NetworkLayer {
  const places = placesOf(structure)
  const all = weights.slice()
  for (const { id, of } of trained) {
    const at = places.get(of)
    const own = values.get(id)
    if (at !== undefined && own) all.set(own, at)
  }
  return { kind: 'network', structure, weights: all }
}

const noLast = (): CutpointError =>
  new CutpointError(
    'bad-option',
    'This network does not end in a dense layer of its own.',
    'Take its last layer as it is, and let all of it learn.',
  )
