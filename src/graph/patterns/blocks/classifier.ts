import { fixed } from '../constants'
import type { LayerPiece } from '../layer'
import { block, type PieceOrOp, type PatternPiece, type Pieces } from '../pieces'
import { onlyTaker, type Op, type Wiring } from '../wiring'
import { isPool, mixing, onOverForms } from './walk'
import { table } from '../../table'

const scoreWords = table<string>({
  Softmax: 'softmax',
  LogSoftmax: 'log-softmax',
  Sigmoid: 'sigmoid',
})
const mostLayers = 3

/** The end of a network that classifies: global pooling, one to three dense layers, perhaps softmax, and no more. */
export function addClassifiers(wiring: Wiring, pieces: Pieces): void {
  for (const op of wiring.ops) {
    const found = isPool(op) && !pieces.of(op) ? classifier(pieces, op) : null
    if (found) pieces.add(found)
  }
}

function classifier(pieces: Pieces, pool: Op): PatternPiece | null {
  if (!pool.inputs.slice(1).every((input) => fixed(input))) return null
  const parts: PieceOrOp[] = [pool]
  const layers: LayerPiece[] = []
  let word: string | null = null
  let value = pool.output
  for (;;) {
    const forms = onOverForms(value)
    parts.push(...forms.ops)
    value = forms.value
    const layer = word === null && layers.length < mostLayers ? mixing(pieces.after(value)) : null
    const op = onlyTaker(value)
    const found: string | undefined = op && scoreWords.get(op.node.op)
    if (layer) {
      layers.push(layer)
      parts.push(layer)
      value = layer.output
    } else if (op && found !== undefined && word === null && layers.length > 0 && !pieces.of(op)) {
      word = found
      parts.push(op)
      value = op.output
    } else {
      break
    }
  }
  // Only what ends here classifies.
  if (layers.length === 0 || !(value.isResult || value.takers.length === 0)) return null
  const sizes = [layers[0].facts.from, ...layers.map(({ facts }) => facts.to)]
  const head = sizes.includes(null) ? 'Classifier' : `Classifier ${sizes.join(' → ')}`
  const activation = word ?? layers[layers.length - 1].activation
  return block('classifier', [head, activation].filter(Boolean).join(' · '), pool.inputs[0], parts, value)
}
