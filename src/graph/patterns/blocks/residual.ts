import { fixed } from '../constants'
import { uniform, type LayerFacts } from '../layer-facts'
import { block, isPiece, type PieceOrOp, type PatternPiece, type Pieces } from '../pieces'
import { activationAfter, type Survey } from '../steps'
import type { PatternKind } from '../types'
import { onlyTaker, type Op, type Value } from '../wiring'

const additions = new Set(['Add', 'AddV2'])
/** What may stand inside; not residual blocks, so that a long row of them is no block in a block in a block. */
const insideKinds: ReadonlySet<PatternKind> = new Set<PatternKind>([
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
  for (const op of survey.ops) {
    if (!additions.has(op.node.op) || op.inputs.length !== 2 || pieces.of(op)) continue
    const found = residual(survey, pieces, op)
    if (found) pieces.add(found)
  }
}

function residual(survey: Survey, pieces: Pieces, addition: Op): PatternPiece | null {
  const [one, other] = addition.inputs.map((value) => wayTo(pieces, value))
  const [main, shortcut] = weight(one) >= weight(other) ? [one, other] : [other, one]
  // Two ways of the same weight are branches, and neither is the block's input.
  if (main.start !== shortcut.start || weight(main) === weight(shortcut)) return null
  if (weight(shortcut) > 1 || shortcut.parts.length > longestShortcut) return null
  const after = activationAfter(survey, addition.output)
  const activation = after?.ops.some((op) => pieces.of(op)) ? null : after
  const parts = [...shortcut.parts, ...main.parts, addition, ...(activation?.ops ?? [])]
  const title = titleOf(main.parts, activation?.word ?? null)
  return block('residual', title, main.start, parts, activation?.output ?? addition.output)
}

interface Way {
  readonly start: Value
  /** In the order of the data. */
  readonly parts: readonly PieceOrOp[]
}

/** Back from a tensor to the first one that goes elsewhere, too. */
function wayTo(pieces: Pieces, end: Value): Way {
  const parts: PieceOrOp[] = []
  let value = end
  while (parts.length < longestPath && isTakenHere(pieces, value, parts.at(0))) {
    const part = partMaking(pieces, value)
    if (!part) break
    parts.unshift(part)
    value = isPiece(part) ? part.input : part.inputs[0]
  }
  return { start: value, parts }
}

/** Whether only what comes next on the way takes a tensor; at its end that is the addition. */
function isTakenHere(pieces: Pieces, value: Value, next: PieceOrOp | undefined): boolean {
  return next && isPiece(next) ? pieces.after(value) === next : onlyTaker(value) !== undefined
}

function partMaking(pieces: Pieces, value: Value): PieceOrOp | null {
  const op = value.maker
  const around = op && pieces.of(op)
  if (around) return around.output === value && insideKinds.has(around.pattern.kind) ? around : null
  if (!op || op.inputs.length === 0 || !insideOps.has(op.node.op)) return null
  return op.inputs.slice(1).every((input) => fixed(input)) ? op : null
}

/** Convolutions and dense layers on a way. */
const weight = (way: Way): number => layersOf(way.parts).length

const layersOf = (parts: readonly PieceOrOp[]): readonly LayerFacts[] =>
  parts.flatMap((part) => (isPiece(part) && part.pattern.kind !== 'squeeze-excite' ? part.layers : []))

/** `Residual 1×1 → 3×3 → 1×1, 256, stride 2 · ReLU`. */
function titleOf(main: readonly PieceOrOp[], activation: string | null): string {
  const layers = layersOf(main)
  const strides = layers.find((layer) => layer.strides.some((one) => one > 1))?.strides
  const stride = strides ? `stride ${uniform(strides)}` : ''
  const head = [`Residual ${kernels(layers)}`, String(layers.at(-1)?.to ?? ''), stride].filter(Boolean)
  const hasExcite = main.some((part) => isPiece(part) && part.pattern.kind === 'squeeze-excite')
  return [head.join(', '), hasExcite ? 'SE' : '', activation ?? ''].filter(Boolean).join(' · ')
}

/** `1×1 → 3×3 → 1×1`, with a depthwise and a 1×1 convolution as one: `separable 3×3`. */
function kernels(layers: readonly LayerFacts[]): string {
  const words = layers.flatMap((layer, i) => {
    const size = layer.type === 'dense' ? 'dense' : (layer.kernel?.join('×') ?? '?')
    if (layer.type === 'depthwise') return `${isSeparable(layer, layers.at(i + 1)) ? 'separable' : 'depthwise'} ${size}`
    return i > 0 && isSeparable(layers[i - 1], layer) ? [] : size
  })
  return words.join(' → ')
}

const isSeparable = (first: LayerFacts, second: LayerFacts | undefined): boolean =>
  first.type === 'depthwise' && second?.type === 'convolution' && second.kernel?.every((size) => size === 1) === true
