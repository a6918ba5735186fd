import { CutpointError } from '../../errors'

/** What is wrong at a place of a formula (characters from 0), to be followed by what to do. */
export function badFormula(formula: string, at: number, what: string): CutpointError {
  return new CutpointError(
    'bad-formula',
    `${what}${formula.length > 0 ? `, at character ${at + 1} of the formula` : ''}.`,
    'Write what the layer makes of x with numbers, + - * /, parentheses, min and max, as in x / 127.5 - 1.',
    { formula, at },
  )
}
