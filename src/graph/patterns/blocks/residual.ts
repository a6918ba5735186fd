import type { GraphNode } from '../../types'
import { fixedValue } from '../constants'
import { block, type Piece, type Pieces } from '../pieces'
import type { PatternKind } from '../types'
import { activationAfter, type Survey } from '../steps'
import { maker, onlyTaker, result, usesOf } from '../wiring'
import { isLayer } from './walk'

const additions = new Set(['Add', 'AddV2'])
const insideKinds = new Set<PatternKind>([
  ...(['convolution', 'dense', 'normalisation', 'activation', 'separable', 'squeeze-excite'] as const),
])
/** Single operations that may stand on either way. */
const insideOps = new Set([
  ...['MaxPool', 'AvgPool', 'Pad', 'PadV2', 'MirrorPad', 'Identity', 'StridedSlice', 'Relu', 'Relu6', 'Prelu', 'Elu'],
  ...['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'LeakyRelu', 'Tanh', 'Sigmoid'],
])
const longestPath = 10
const longestShortcut = 4

/** Residual blocks (He et al. 2016, arXiv:1512.03385): convolutions whose result is added to what came in. */
export function addResiduals(survey: Survey, pieces: Pieces): void {
  for (const node of survey.index.graph.nodes) {
    if (!additions.has(node.op) || node.inputs.length !== 2 || pieces.of(node)) continue
    const found = residual(survey, pieces, node)
    if (found) pieces.add(found)
  }
}

function residual(survey: Survey, pieces: Pieces, addition: GraphNode): Piece | null {
  const [a, b] = addition.inputs
  const [one, other] = [wayTo(survey, pieces, a), wayTo(survey, pieces, b)]
  const [main, shortcut] = weight(one) >= weight(other) ? [one, other] : [other, one]
  if (main.start !== shortcut.start || weight(main) === 0) return null
  // Two ways of the same length are branches, and neither is the block's input.
  if (weight(shortcut) > 1 || shortcut.parts.length > longestShortcut) return null
  const activation = activationAfter(survey, result(addition))
  const isFree = activation && !activation.nodes.some((node) => pieces.of(node))
  const parts = [...shortcut.parts, ...main.parts, addition, ...(isFree ? activation.nodes : [])]
  const output = isFree ? activation.output : result(addition)
  const title = titleOf(main.parts, isFree ? activation.word : null)
  return block(survey, 'residual', title, main.start, parts, output)
}

interface Way {
  readonly start: string
  /** In the order of the data. */
  readonly parts: readonly (Piece | GraphNode)[]
}

/** Back from a tensor to the first one that goes elsewhere, too. */
function wayTo(survey: Survey, pieces: Pieces, end: string): Way {
  const parts: (Piece | GraphNode)[] = []
  let tensor = end
  while (parts.length < longestPath && isTakenHere(survey, pieces, tensor, parts.at(0))) {
    const piece = pieces.making(tensor)
    const node = maker(survey, tensor)
    if (piece && insideKinds.has(piece.pattern.kind)) {
      parts.unshift(piece)
      tensor = piece.input
    } else if (!piece && node && insideOps.has(node.op) && !pieces.of(node) && isPlain(survey, node)) {
      parts.unshift(node)
      tensor = node.inputs[0]
    } else {
      break
    }
  }
  return { start: tensor, parts }
}

/** Whether only what comes next on the way takes a tensor; at its end that is the addition. */
function isTakenHere(survey: Survey, pieces: Pieces, tensor: string, next: Piece | GraphNode | undefined): boolean {
  if (next && 'pattern' in next) return pieces.after(tensor) === next
  return usesOf(survey, tensor).length === 1 && onlyTaker(survey, tensor) !== undefined
}

/** Whether all that a node takes beside the data is constant. */
const isPlain = (survey: Survey, node: GraphNode): boolean =>
  node.inputs.slice(1).every((input) => fixedValue(survey, input) !== null)

/** Convolutions and dense layers on a way. */
const weight = (way: Way): number => layersOf(way.parts).length

function layersOf(parts: readonly (Piece | GraphNode)[]): readonly Piece[] {
  return parts.filter(
    (part): part is Piece => 'pattern' in part && (isLayer(part) || part.pattern.kind === 'separable'),
  )
}

/** `Residual 1×1, 3×3, 1×1 · ReLU`. */
function titleOf(main: readonly (Piece | GraphNode)[], activation: string | null): string {
  const layers = layersOf(main).map(({ pattern }) => {
    const size = / (\d+(?:×\d+)*)/.exec(pattern.title)?.[1] ?? ''
    return pattern.kind === 'separable' ? `separable ${size}` : size
  })
  const excite = main.some((part) => 'pattern' in part && part.pattern.kind === 'squeeze-excite')
  return [`Residual ${layers.join(', ')}`, excite ? 'SE' : '', activation ?? ''].filter(Boolean).join(' · ')
}
