import type { GraphNode } from '../../types'
import type { Layer } from '../layer'
import { block, type Piece, type Pieces } from '../pieces'
import { maker, result, type Wiring } from '../wiring'
import { backOverForms, isGlobalPool, isLayer, isPointwise } from './walk'

const gates = new Set(['sigmoid', 'hard-sigmoid', 'tanh'])

/** Squeeze-and-excitation blocks (Hu et al. 2018, arXiv:1709.01507): channels weighted by what all of them hold. */
export function addSqueezeExcites(wiring: Wiring, pieces: Pieces): void {
  for (const node of wiring.index.graph.nodes) {
    if (node.op !== 'Mul' || node.inputs.length !== 2 || pieces.of(node)) continue
    const [a, b] = node.inputs
    const found = squeezeExcite(wiring, pieces, node, a, b) ?? squeezeExcite(wiring, pieces, node, b, a)
    if (found) pieces.add(found)
  }
}

function squeezeExcite(wiring: Wiring, pieces: Pieces, product: GraphNode, input: string, gate: string): Piece | null {
  const end = backOverForms(wiring, gate)
  const excite = mixing(pieces, end.tensor)
  if (!excite || !gates.has(excite.activation ?? '')) return null
  const between = backOverForms(wiring, excite.input)
  const squeeze = mixing(pieces, between.tensor)
  if (!squeeze) return null
  const start = backOverForms(wiring, squeeze.input)
  const pool = maker(wiring, start.tensor)
  if (!isGlobalPool(pool) || pool.inputs[0] !== input || pieces.of(pool)) return null
  const parts = [pool, ...start.nodes, squeeze, ...between.nodes, excite, ...end.nodes, product]
  const channels = [squeeze.facts.from, squeeze.facts.to, excite.facts.to]
  const title = ['Squeeze-excite', channels.includes(null) ? '' : channels.join(' → ')].join(' ').trim()
  return block(wiring, 'squeeze-excite', title, input, parts, result(product))
}

/** The 1×1 convolution or dense layer that makes a tensor. */
function mixing(pieces: Pieces, tensor: string): Layer | null {
  const piece = pieces.making(tensor)
  return isPointwise(piece) || (isLayer(piece) && piece.facts.type === 'dense') ? piece : null
}
