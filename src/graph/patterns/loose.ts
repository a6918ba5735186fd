import type { GraphNode } from '../types'
import { withoutShared } from './constants'
import { momentNormAt } from './moments'
import type { Piece, Pieces } from './pieces'
import { isFusedNorm, mayStartNorm, normAt, type Survey } from './steps'
import { stepsAfter } from './tail'
import { fixedValue } from './constants'
import { maker } from './wiring'

/** Norms and spelled-out activations that belong to no convolution. */
export function addLoose(survey: Survey, pieces: Pieces): void {
  const claim = (piece: Piece | null): void => {
    if (piece && piece.nodes.size > 1 && ![...piece.nodes].some((node) => pieces.of(node))) pieces.add(piece)
  }
  for (const node of survey.index.graph.nodes) {
    if (pieces.of(node)) continue
    claim(momentNormAt(survey, node))
  }
  for (const node of survey.index.graph.nodes) {
    if (!pieces.of(node) && mayStartNorm(survey, node)) claim(looseNorm(survey, node))
  }
  for (const [input, formulas] of survey.formulas) {
    // Bounds are taken of positions and sizes as well: no activation, unless a layer stands before it.
    for (const { name, nodes, output } of formulas) {
      if (name === 'clip' || nodes.some((node) => pieces.of(node))) continue
      const title = name[0].toUpperCase() + name.slice(1)
      const names = nodes.map((node) => node.name)
      claim({ input, nodes: new Set(nodes), pattern: { kind: 'activation', title, nodes: names, inner: [], output } })
    }
  }
}

/** A batch norm with the activation after it. */
function looseNorm(survey: Survey, node: GraphNode): Piece | null {
  const input = isFusedNorm(node) ? node.inputs[0] : node.inputs.find((tensor) => !fixedValue(survey, tensor))
  if (input === undefined || !maker(survey, input)) return null
  const norm = normAt(survey, node, input)
  if (!norm) return null
  const steps = [norm, ...stepsAfter(survey, norm.output, new Set(['bias', 'norm']))]
  const nodes = withoutShared(
    survey,
    new Set(steps.flatMap((step) => step.nodes)),
    new Set(steps.flatMap((step) => step.aside)),
  )
  const [, ...after] = steps.map(({ word }) => word)
  const title = [norm.word === 'BN' ? 'Batch norm' : 'Scale', ...after].join(' · ')
  return {
    input,
    nodes,
    pattern: {
      kind: 'normalisation',
      title,
      nodes: [...nodes].map(({ name }) => name),
      inner: [],
      output: steps[steps.length - 1].output,
    },
  }
}
