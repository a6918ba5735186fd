import type { BatchAxis } from '../batch/operands'
import type { ControlRegion } from './control-regions'
import { isStatistic, type DataFlow } from '../lookup/flow'
import { isInput } from '../op-tables/ops'
import type { GraphNode, Shape, TensorInfo } from '../types'

/** An op in a trunk that no backend runs. */
export interface Blocker {
  readonly node: GraphNode
  readonly reason: string
}

/** What decides at which of its tensors a graph can be cut. */
export interface CutFacts {
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly image: string | null
  /** For each tensor by number whether data of the picture reaches it; null if there is no picture. */
  readonly byData: Uint8Array | null
  readonly nodes: readonly GraphNode[]
  /** For each node by position whether it depends on the picture in any way; null if there is no picture. */
  readonly related: Uint8Array | null
  readonly batch: ReadonlyMap<string, BatchAxis>
  /** The batch size that is fixed in the model; null where it is free. */
  readonly batchSize: number | null
  /** The first op that no backend runs, by the name of each node that needs it. */
  readonly blockers: ReadonlyMap<string, Blocker>
  readonly regions: ReadonlyMap<string, ControlRegion>
}

const furtherOn = 'Choose a tensor that is computed from the picture.'
const constant = `This is a constant, the same for every picture. ${furtherOn}`

/** Why a network cannot be cut at a tensor, in plain words; null if it can. */
export function refusal(facts: CutFacts, { tensors, makers }: DataFlow, id: number): string | null {
  const tensor = tensors[id]
  const node = facts.nodes[makers[id]]
  const info = facts.infos.get(tensor) ?? { shape: null, dtype: 'unknown' }
  return (
    whyNotComputed(facts, tensor, id, makers[id]) ??
    whyNotNumbers(info) ??
    whyNotOneRow(facts, tensor, info.shape) ??
    whyNotReachable(facts, node) ??
    whyNotRunnable(facts, node)
  )
}

/** It must be computed from what the picture shows. */
function whyNotComputed(facts: CutFacts, tensor: string, id: number, maker: number): string | null {
  const { op } = facts.nodes[maker]
  if (tensor === facts.image) {
    return 'This is the picture itself: if the network were cut here, nothing of it would be kept. Choose a tensor further on.'
  }
  if (op === 'Const') return constant
  if (isInput(op)) return `This is another input of the network, not something it computes. ${furtherOn}`
  if (facts.byData === null) return 'No input of this network takes pictures, so there is nothing to train on.'
  if (facts.byData[id]) return null
  if (isStatistic(facts.nodes[maker], tensor)) {
    return `This is a mean or variance that training found, the same for every picture. ${furtherOn}`
  }
  return facts.related?.[maker] === 1
    ? `This depends only on the size of the picture, not on what it shows. ${furtherOn}`
    : `This does not depend on the picture: it is the same for every one. ${furtherOn}`
}

function whyNotNumbers({ dtype }: TensorInfo): string | null {
  switch (dtype) {
    case 'string':
      return 'This holds text, and a head learns from numbers.'
    case 'complex64':
    case 'complex128':
      return 'This holds complex numbers, and a head learns from ordinary ones.'
    case 'resource':
    case 'variant':
      return 'This is a handle to something inside the network, not numbers.'
    case 'quantised':
      return 'This holds numbers in a packed form that cannot be read here.'
    case 'unknown':
      return 'What kind of numbers this holds is not known before the network runs.'
    default:
      return null
  }
}

/** It must have one row for each picture, of rank 2, 3 or 4. */
function whyNotOneRow(facts: CutFacts, tensor: string, shape: Shape | null): string | null {
  if (shape === null) return 'Its shape is not known before the network runs, so a head cannot be fitted to it.'
  if (shape.length === 0)
    return 'This is a single number, not a row of features for each picture. Choose an earlier tensor.'
  if (shape.length === 1)
    return 'This is one list of numbers, not a row of features for each picture. Choose an earlier tensor.'
  if (shape.length > 4) {
    return `This has ${shape.length} dimensions; a head can be fitted to 2, 3 or 4. Choose an earlier or later tensor.`
  }
  if (shape.includes(0)) return 'This is empty: one of its dimensions is 0.'
  const axis = facts.batch.get(tensor) ?? 'lost'
  if (axis === 0) return null
  if (axis === 'folded') {
    return 'Here each picture is spread over several rows (between SpaceToBatchND and BatchToSpaceND). Choose a later tensor.'
  }
  if (typeof axis === 'object') {
    return 'Here each picture is spread over several rows, as a dense layer on a map has it. Choose an earlier or later tensor.'
  }
  return axis === 'lost'
    ? 'Its first dimension does not count the pictures, so it has no row for each of them. Choose an earlier tensor.'
    : `The pictures are counted by its dimension ${axis}, not by its first one. Choose an earlier or later tensor.`
}

/** Its value must still be there when the network has run. */
function whyNotReachable(facts: CutFacts, node: GraphNode): string | null {
  const region = facts.regions.get(node.name)
  if (region === 'loop')
    return 'This is inside a loop and changes while the network runs. Choose a tensor after the loop.'
  if (region === 'branch') {
    return 'This is in one of two branches, of which only one runs. Choose a tensor before the branches or after them.'
  }
  return null
}

function whyNotRunnable(facts: CutFacts, node: GraphNode): string | null {
  const blocker = facts.blockers.get(node.name)
  if (!blocker) return null
  const { op, name } = blocker.node
  const earlier = name === node.name ? '' : ' Choose a tensor that does not depend on it.'
  return `The operation ${op} (“${name}”) cannot be run here: ${blocker.reason}.${earlier}`
}
