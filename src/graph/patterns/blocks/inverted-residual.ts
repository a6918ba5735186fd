import type { LayerPiece } from '../layer'
import { uniform } from '../layer-facts'
import { block, type PatternPiece, type Pieces } from '../pieces'
import { onlyTaker, type Op, type Value, type Wiring } from '../wiring'
import { depthwise, layer, onOverForms, pointwise } from './walk'

/**
 * Inverted residual blocks (Sandler et al. 2018, arXiv:1801.04381): 1×1 expansion, depthwise convolution, perhaps
 * squeeze-and-excitation, 1×1 projection without activation, perhaps added to what came in.
 */
export function addInvertedResiduals(wiring: Wiring, pieces: Pieces): void {
  for (const op of wiring.ops) {
    const middle = layer(pieces.of(op))
    if (!middle) continue
    const found = depthwise(middle) ? aroundDepthwise(pieces, middle) : aroundConvolution(pieces, middle)
    if (found) pieces.add(found)
  }
}

function aroundDepthwise(pieces: Pieces, filter: LayerPiece): PatternPiece | null {
  const before = pointwise(pieces.making(filter.input))
  const expand = before && widens(before) && pieces.after(filter.input) === filter ? before : null
  // Without an expansion, a depthwise convolution with no activation makes a separable one.
  if (!expand && filter.activation === null) return null
  const end = endOf(pieces, filter, expand?.input ?? filter.input)
  if (!end || (expand && narrowsNot(end.project))) return null
  const sizes = [...(expand ? [expand.facts.from] : []), end.project.facts.from, end.project.facts.to]
  return joined('Inverted residual', sizes, expand, filter, end)
}

/** The form with one convolution in place of expansion and depthwise (Tan and Le 2021, arXiv:2104.00298). */
function aroundConvolution(pieces: Pieces, conv: LayerPiece): PatternPiece | null {
  if (conv.facts.type !== 'convolution' || pointwise(conv) || !widens(conv)) return null
  const end = endOf(pieces, conv, conv.input)
  // Only what is added to its input is surely such a block: detectors end in the same two convolutions.
  if (!end?.skip || narrowsNot(end.project)) return null
  const { project } = end
  return joined('Fused inverted residual', [conv.facts.from, project.facts.from, project.facts.to], null, conv, end)
}

const widens = ({ activation, facts: { from, to } }: LayerPiece): boolean =>
  activation !== null && from !== null && to !== null && to > from

const narrowsNot = ({ facts: { from, to } }: LayerPiece): boolean => from === null || to === null || to >= from

/** What comes after the filtering of a block. */
interface BlockEnd {
  readonly excite: PatternPiece | null
  readonly project: LayerPiece
  /** The addition of what came in, after what stands before it. */
  readonly skip: readonly Op[] | null
}

function endOf(pieces: Pieces, middle: LayerPiece, input: Value): BlockEnd | null {
  const after = pieces.after(middle.output)
  const excite = after?.pattern.kind === 'squeeze-excite' ? after : null
  const project = pointwise(excite ? pieces.after(excite.output) : after)
  if (project?.activation !== null) return null
  return { excite, project, skip: skipAfter(project.output, input) }
}

const additions = new Set(['Add', 'AddV2'])

function skipAfter(value: Value, input: Value): readonly Op[] | null {
  const { value: end, ops } = onOverForms(value)
  const addition = onlyTaker(end)
  return addition && additions.has(addition.node.op) && addition.inputs.includes(input) ? [...ops, addition] : null
}

/** `Inverted residual 5×5, 40 → 240 → 40, stride 2 · SE · skip`. */
function joined(
  name: string,
  sizes: readonly (number | null)[],
  expand: LayerPiece | null,
  middle: LayerPiece,
  { excite, project, skip }: BlockEnd,
): PatternPiece | null {
  const { kernel, strides } = middle.facts
  const head = [
    `${name} ${kernel?.join('×') ?? ''}`.trim(),
    sizes.includes(null) ? '' : sizes.join(' → '),
    strides.some((one) => one > 1) ? `stride ${uniform(strides)}` : '',
  ]
  const title = [head.filter(Boolean).join(', '), excite && 'SE', skip && 'skip'].filter(Boolean).join(' · ')
  const parts = [expand, middle, excite, project, ...(skip ?? [])].filter((part) => part !== null)
  const output = skip?.at(-1)?.output ?? project.output
  return block('inverted-residual', title, expand?.input ?? middle.input, parts, output)
}
