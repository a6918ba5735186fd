import { withoutShared } from './constants'
import { momentNormAt } from './moments'
import { block, type PatternPiece, type Pieces } from './pieces'
import { normAt, startOfNorm, type Survey } from './steps'
import { stepsAfter } from './tail'
import type { Op } from './wiring'

/** Norms and spelled-out activations that belong to no convolution. */
export function addLoose(survey: Survey, pieces: Pieces): void {
  const claim = (piece: PatternPiece | null): void => {
    if (piece && piece.ops.size > 1 && ![...piece.ops].some((op) => pieces.of(op))) pieces.add(piece)
  }
  for (const op of survey.ops) if (!pieces.of(op)) claim(momentNormAt(op))
  for (const op of survey.ops) if (!pieces.of(op)) claim(looseNorm(survey, op))
  for (const [input, formulas] of survey.formulas) {
    for (const { name, ops, output } of formulas) {
      // Bounds are set to positions and sizes as well: no activation, unless a layer stands before them.
      if (name === 'clip') continue
      claim(block('activation', name[0].toUpperCase() + name.slice(1), input, [...ops], output))
    }
  }
}

/** A batch norm with the activation after it. */
function looseNorm(survey: Survey, op: Op): PatternPiece | null {
  const input = startOfNorm(op)
  const norm = input && normAt(op, input)
  if (!norm) return null
  const steps = [norm, ...stepsAfter(survey, norm.output, new Set(['bias', 'norm']))]
  const ops = withoutShared(new Set(steps.flatMap((step) => step.ops)), new Set(steps.flatMap((step) => step.aside)))
  const title = ['Batch norm', ...steps.slice(1).map(({ word }) => word)].join(' · ')
  return block('normalisation', title, input, [...ops], steps[steps.length - 1].output)
}
