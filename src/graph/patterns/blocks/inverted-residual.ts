import type { GraphNode } from '../../types'
import type { Layer } from '../layer'
import { uniform } from '../layer-facts'
import { block, type Piece, type Pieces } from '../pieces'
import { onlyTaker, result, type Wiring } from '../wiring'
import { isDepthwise, isLayer, isPointwise, onOverForms } from './walk'

/**
 * Inverted residual blocks (Sandler et al. 2018, arXiv:1801.04381): 1×1 expansion, depthwise convolution, perhaps
 * squeeze-and-excitation, 1×1 projection without activation, perhaps added to what came in.
 */
export function addInvertedResiduals(wiring: Wiring, pieces: Pieces): void {
  for (const node of wiring.index.graph.nodes) {
    const piece = pieces.of(node)
    if (!piece || !isLayer(piece) || piece.facts.type === 'dense') continue
    const found = isDepthwise(piece) ? aroundDepthwise(wiring, pieces, piece) : fused(wiring, pieces, piece)
    if (found) pieces.add(found)
  }
}

function aroundDepthwise(wiring: Wiring, pieces: Pieces, depthwise: Layer): Piece | null {
  const before = pieces.making(depthwise.input)
  const expand = isPointwise(before) && widens(before) && pieces.after(depthwise.input) === depthwise ? before : null
  // Without an expansion, a depthwise convolution with no activation makes a separable one.
  if (!expand && depthwise.activation === null) return null
  return projected(wiring, pieces, expand, depthwise)
}

/** The form with one convolution in place of expansion and depthwise (Tan and Le 2021, arXiv:2104.00298). */
function fused(wiring: Wiring, pieces: Pieces, conv: Layer): Piece | null {
  if (conv.facts.type !== 'convolution' || isPointwise(conv) || !widens(conv)) return null
  const found = projected(wiring, pieces, null, conv)
  return found?.pattern.title.endsWith('skip') ? found : null
}

const widens = (layer: Layer): boolean =>
  layer.activation !== null && layer.facts.from !== null && layer.facts.to !== null && layer.facts.to > layer.facts.from

function projected(wiring: Wiring, pieces: Pieces, expand: Layer | null, middle: Layer): Piece | null {
  const after = pieces.after(middle.pattern.output)
  const excite = after?.pattern.kind === 'squeeze-excite' ? after : null
  const project = excite ? pieces.after(excite.pattern.output) : after
  if (!isPointwise(project) || project.activation !== null || project.facts.to === null) return null
  const { from, to } = project.facts
  if (from === null || (expand && to >= from)) return null
  const input = expand?.input ?? middle.input
  const skip = skipAfter(wiring, project.pattern.output, input)
  const parts = [expand, middle, excite, project, ...(skip ?? [])].filter((part) => part !== null)
  const output = skip ? result(skip[skip.length - 1]) : project.pattern.output
  const isFused = middle.facts.type === 'convolution'
  const channels = [(expand ?? isFused) ? (expand ?? middle).facts.from : null, from, to].filter(
    (size) => size !== null,
  )
  const head = `${isFused ? 'Fused inverted residual' : 'Inverted residual'} ${middle.facts.kernel?.join('×') ?? ''}`
  const stride = middle.facts.strides.some((one) => one > 1) ? `stride ${uniform(middle.facts.strides)}` : ''
  const shape = [head.trim(), channels.join(' → '), stride].filter(Boolean).join(', ')
  const title = [shape, excite ? 'SE' : '', skip ? 'skip' : ''].filter(Boolean).join(' · ')
  return block(wiring, 'inverted-residual', title, input, parts, output)
}

const additions = new Set(['Add', 'AddV2'])

/** The addition of a tensor to `input`, with what stands before it. */
function skipAfter(wiring: Wiring, tensor: string, input: string): readonly GraphNode[] | null {
  const { tensor: end, nodes } = onOverForms(wiring, tensor)
  const addition = onlyTaker(wiring, end)
  if (!addition || !additions.has(addition.op)) return null
  return addition.inputs.includes(input) ? [...nodes, addition] : null
}
