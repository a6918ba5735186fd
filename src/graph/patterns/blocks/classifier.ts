import type { GraphNode } from '../../types'
import { fixedValue } from '../constants'
import type { Layer } from '../layer'
import { block, type Piece, type Pieces } from '../pieces'
import { onlyTaker, result, usesOf, type Wiring } from '../wiring'
import { isGlobalPool, isLayer, isPointwise, onOverForms } from './walk'

const probabilityWords: Partial<Record<string, string>> = {
  Softmax: 'softmax',
  LogSoftmax: 'log-softmax',
  Sigmoid: 'sigmoid',
}
const mostLayers = 3

/** The end of a network that classifies: global pooling, one to three dense layers, perhaps softmax, and no more. */
export function addClassifiers(wiring: Wiring, pieces: Pieces): void {
  for (const node of wiring.index.graph.nodes) {
    if (!isGlobalPool(node) || pieces.of(node)) continue
    const found = classifier(wiring, pieces, node)
    if (found) pieces.add(found)
  }
}

function classifier(wiring: Wiring, pieces: Pieces, pool: GraphNode): Piece | null {
  if (!hasFixedOperands(wiring, pool)) return null
  const parts: (Piece | GraphNode)[] = [pool]
  const layers: Layer[] = []
  let tensor = result(pool)
  let word: string | null = null
  for (;;) {
    const forms = onOverForms(wiring, tensor)
    parts.push(...forms.nodes)
    tensor = forms.tensor
    const layer = pieces.after(tensor)
    if (isDense(layer) && word === null && layers.length < mostLayers) {
      layers.push(layer)
      parts.push(layer)
      tensor = layer.pattern.output
      continue
    }
    const node = onlyTaker(wiring, tensor)
    const found: string | undefined = node && probabilityWords[node.op]
    if (!node || found === undefined || layers.length === 0 || word !== null || pieces.of(node)) break
    word = found
    parts.push(node)
    tensor = result(node)
  }
  const [first] = layers
  if (layers.length === 0 || !isEnd(wiring, tensor)) return null
  const last = layers[layers.length - 1]
  const sizes = [first.facts.from, ...layers.map(({ facts }) => facts.to)]
  const size = sizes.includes(null) ? '' : ` ${sizes.join(' → ')}`
  const activation = word ?? last.activation
  const title = [`Classifier${size}`, ...(activation === null ? [] : [activation])].join(' · ')
  return block(wiring, 'classifier', title, pool.inputs[0], parts, tensor)
}

const isDense = (piece: Piece | undefined): piece is Layer =>
  isPointwise(piece) || (isLayer(piece) && piece.facts.type === 'dense')

const hasFixedOperands = (wiring: Wiring, node: GraphNode): boolean =>
  node.inputs.slice(1).every((input) => fixedValue(wiring, input) !== null)

/** Whether a tensor is a result of the network. */
const isEnd = (wiring: Wiring, tensor: string): boolean =>
  wiring.outputs.has(tensor) || usesOf(wiring, tensor).length === 0
