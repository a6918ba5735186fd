import { CutpointError } from '../../errors'
import { featureLength } from '../../graph/graft/graft'
import { mapShapeOf } from '../../graph/graft/map-shape'
import { fittingPool, givenShapes, type CutSizes } from '../../graph/graft/network/fitting'
import type { OwnNetwork } from '../../graph/graft/network/types'
import type { Graph, TensorInfo } from '../../graph/types'
import type { HeadOptionsOf } from '../../heads/specs'

type OwnOptions = HeadOptionsOf['own']

/** The cut that a network of one’s own is to be joined to, and what it is to name. */
export interface JoinedTo {
  readonly graph: Graph
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly cut: readonly string[]
  readonly labels: number
}

/**
 * The options with how the value at the cut goes in. Throws CutpointError `no-own-network` where the network is not here, and
 * `cannot-join` where it does not fit cut or labels, which says what would.
 */
export function fittingOptions(options: OwnOptions, network: OwnNetwork | null, to: JoinedTo): OwnOptions {
  const facts = options.network
  if (!facts) {
    throw new CutpointError(
      'no-own-network',
      'No network was chosen to be the head.',
      'Drop a Keras or TensorFlow.js model on its field under “Training”, or give it as head.model.',
    )
  }
  if (network?.facts.hash !== facts.hash) {
    throw new CutpointError(
      'no-own-network',
      `The network “${facts.name}” is not here any more.`,
      'Drop it once more on its field under “Training”.',
      { name: facts.name },
    )
  }
  const pool = poolFor(options, facts.inputShape, to)
  requireOutputs(options, to.labels)
  return { ...options, pool }
}

function poolFor(
  { pool, network }: OwnOptions,
  taken: readonly number[],
  { graph, infos, cut }: JoinedTo,
): OwnOptions['pool'] {
  const size = featureLength(infos, cut, graph)
  const given: CutSizes = {
    tensors: cut.length,
    shape: infos.get(cut[0])?.shape ?? [],
    featureLength: size ?? 0,
    channelsFirst: mapShapeOf(graph, infos, cut)?.channelsFirst ?? false,
  }
  const found = fittingPool(taken, given)
  if (found !== null) return pool === 'max' && found === 'average' ? 'max' : found
  const shapes = givenShapes(given).map(({ shape }) => `[${shape.join(', ')}]`)
  throw new CutpointError(
    'cannot-join',
    `“${network?.name ?? ''}” takes [${taken.join(', ')}] of each photo, and this cut gives ${shapes.join(' or ')}.`,
    'Cut the network where it gives that, or choose a model that takes what this cut gives.',
    { takes: taken, gives: shapes },
  )
}

function requireOutputs({ network, lastLayer }: OwnOptions, labels: number): void {
  if (!network || lastLayer === 'new' || network.outputs === labels) return
  const { name, outputs, lastInputs } = network
  throw new CutpointError(
    'cannot-join',
    `The last layer of “${name}” gives ${outputs} ${outputs === 1 ? 'number' : 'numbers'}, and there are ${labels} labels.`,
    lastInputs === null
      ? 'Use as many labels, or a model with as many outputs.'
      : 'Choose a new last layer (lastLayer: “new”), or use as many labels.',
    { outputs, labels },
  )
}
