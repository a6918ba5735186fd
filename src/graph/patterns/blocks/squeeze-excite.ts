import { block, type PatternPiece, type Pieces } from '../pieces'
import type { Op, Value, Wiring } from '../wiring'
import { backOverForms, isPool, mixing } from './walk'

const gates = new Set(['sigmoid', 'hard-sigmoid', 'tanh'])

/** Squeeze-and-excitation blocks (Hu et al. 2018, arXiv:1709.01507): channels weighted by what all of them hold. */
export function addSqueezeExcites(wiring: Wiring, pieces: Pieces): void {
  for (const op of wiring.ops) {
    if (op.node.op !== 'Mul' || op.inputs.length !== 2 || pieces.of(op)) continue
    const [a, b] = op.inputs
    const found = squeezeExcite(pieces, op, a, b) ?? squeezeExcite(pieces, op, b, a)
    if (found) pieces.add(found)
  }
}

function squeezeExcite(pieces: Pieces, product: Op, input: Value, gate: Value): PatternPiece | null {
  const end = backOverForms(gate)
  const excite = mixing(pieces.making(end.value))
  if (!excite || !gates.has(excite.activation ?? '')) return null
  const between = backOverForms(excite.input)
  const squeeze = mixing(pieces.making(between.value))
  if (!squeeze) return null
  const start = backOverForms(squeeze.input)
  const pool = start.value.maker
  if (!isPool(pool) || pool.inputs[0] !== input || pieces.of(pool)) return null
  const parts = [pool, ...start.ops, squeeze, ...between.ops, excite, ...end.ops, product]
  const channels = [squeeze.facts.from, squeeze.facts.to, excite.facts.to]
  const title = channels.includes(null) ? 'Squeeze-excite' : `Squeeze-excite ${channels.join(' → ')}`
  return block('squeeze-excite', title, input, parts, product.output)
}
