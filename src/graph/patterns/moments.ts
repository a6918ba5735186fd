import { constantValues } from '../constants'
import type { GraphNode } from '../types'
import { fixedValue, isConstant } from './constants'
import type { Piece } from './pieces'
import { isClosed, maker, result, usesOf, type Wiring } from './wiring'

/** Layer norm, instance norm and RMS norm: scaled by what is measured on the data itself. */
const rootOps = new Set(['Rsqrt', 'Sqrt'])
const additions = new Set(['Add', 'AddV2'])
/** Ops that a norm is finished with. */
const finishing = new Set(['Mul', 'Sub', 'Add', 'AddV2', 'Div', 'RealDiv', 'Neg'])
/** Larger than any norm. */
const mostNodes = 24

/** The norm around the root of a mean square (plus epsilon); null for other nodes. */
export function momentNormAt(wiring: Wiring, root: GraphNode): Piece | null {
  if (!rootOps.has(root.op)) return null
  const variance = behindEpsilon(wiring, root.inputs.at(0))
  const square = variance?.op === 'Mean' ? maker(wiring, variance.inputs[0]) : undefined
  if (!variance || !square) return null
  const start = squared(wiring, square)
  if (!start) return null
  const nodes = new Set<GraphNode>([...start.nodes, square, variance])
  const epsilon = maker(wiring, root.inputs[0])
  if (epsilon) nodes.add(epsilon)
  nodes.add(root)
  const output = finish(wiring, nodes, start.input)
  if (output === null || !isClosed(wiring, nodes, output)) return null
  return {
    input: start.input,
    nodes,
    pattern: {
      kind: 'normalisation',
      title: titleOf(wiring, start.mean, variance),
      nodes: [...nodes].map(({ name }) => name),
      inner: [],
      output,
    },
  }
}

function behindEpsilon(wiring: Wiring, tensor: string | undefined): GraphNode | undefined {
  const node = maker(wiring, tensor)
  if (!node || !additions.has(node.op)) return node
  return maker(
    wiring,
    node.inputs.find((input) => !fixedValue(wiring, input)),
  )
}

interface Start {
  readonly input: string
  readonly mean: GraphNode | null
  readonly nodes: readonly GraphNode[]
}

/** From where the square comes: of the data, or of its difference from its mean. */
function squared(wiring: Wiring, square: GraphNode): Start | null {
  if (square.op === 'SquaredDifference') return differenceFromMean(wiring, square)
  const isSquare = square.op === 'Square' || (square.op === 'Mul' && square.inputs[0] === square.inputs[1])
  if (!isSquare) return null
  const difference = maker(wiring, square.inputs[0])
  const centred = difference?.op === 'Sub' ? differenceFromMean(wiring, difference) : null
  if (centred && difference) return { ...centred, nodes: [...centred.nodes, difference] }
  return { input: square.inputs[0], mean: null, nodes: [] }
}

function differenceFromMean(wiring: Wiring, node: GraphNode): Start | null {
  for (const [input, other] of [node.inputs, [...node.inputs].reverse()]) {
    const stop = maker(wiring, other)
    const mean = stop?.op === 'StopGradient' ? maker(wiring, stop.inputs[0]) : stop
    if (!stop || mean?.op !== 'Mean' || mean.inputs[0] !== input) continue
    return { input, mean, nodes: mean === stop ? [mean] : [mean, stop] }
  }
  return null
}

/**
 * Adds to `nodes` what is worked out from them and the data alone, with the scale and the shift for each channel.
 * Returns the one tensor that leaves them, or null.
 */
function finish(wiring: Wiring, nodes: Set<GraphNode>, input: string): string | null {
  const isKnown = (tensor: string): boolean => {
    const node = maker(wiring, tensor)
    return tensor === input || (node !== undefined && (nodes.has(node) || isConstant(wiring, node)))
  }
  const belongs = (node: GraphNode): boolean =>
    finishing.has(node.op) &&
    node.inputs.every(isKnown) &&
    // The data added to its own norm is a skip connection.
    !(additions.has(node.op) && node.inputs.includes(input)) &&
    !node.inputs.some((tensor) => fixedValue(wiring, tensor)?.scalar)
  // A set takes in what is added to it while it is walked; a node is asked again once its other operand is there.
  for (const node of nodes) {
    if (nodes.size > mostNodes) return null
    for (const { node: taker } of usesOf(wiring, result(node))) if (belongs(taker)) nodes.add(taker)
  }
  const ends = [...nodes].filter((node) => usesOf(wiring, result(node)).every((use) => !nodes.has(use.node)))
  return ends.length === 1 ? result(ends[0]) : null
}

function titleOf(wiring: Wiring, mean: GraphNode | null, variance: GraphNode): string {
  if (!mean) return 'RMS norm'
  const axes = constantValues(wiring.index, variance.inputs.at(1))
  if (axes?.length === 2) return 'Instance norm'
  return axes && axes.length > 2 ? 'Batch norm' : 'Layer norm'
}
