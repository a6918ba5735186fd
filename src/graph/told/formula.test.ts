import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { readFormula, type Expression } from './formula'

/** What an expression is for one x. */
function valueAt(expression: Expression, x: number): number {
  switch (expression.kind) {
    case 'x':
      return x
    case 'number':
      return expression.value
    case 'negative':
      return -valueAt(expression.of, x)
  }
  const [a, b] = [valueAt(expression.left, x), valueAt(expression.right, x)]
  return { add: a + b, subtract: a - b, multiply: a * b, divide: a / b, min: Math.min(a, b), max: Math.max(a, b) }[
    expression.kind
  ]
}

function failure(formula: string): { message: string; at: unknown } {
  try {
    readFormula(formula)
  } catch (error) {
    if (error instanceof CutpointError && error.code === 'bad-formula') {
      return { message: error.message, at: error.details.at }
    }
    throw error
  }
  throw new Error('it was read')
}

describe('a formula', () => {
  it.each([
    ['x', 7],
    ['x / 255', 7 / 255],
    ['x/127.5-1', 7 / 127.5 - 1],
    ['1 - x * 2 + 3', -10],
    ['x - 1 - 2', 4],
    ['24 / x / 2', 24 / 7 / 2],
    ['(x - 1) * (x + 1)', 48],
    ['-x * 2', -14],
    ['--x', 7],
    ['2 * -x', -14],
    ['+x - -1', 8],
    ['-(x + 1)', -8],
    ['min(x, 6)', 6],
    ['max(0, min(x, 6), -3)', 6],
    ['x × 2 ÷ 4 − 1', 2.5],
    ['x*1e-2 + .5 + 5.', 7 * 1e-2 + 5.5],
    ['\tx\n+\u00a01 ', 8],
    ['x * (1 / 255)', 7 * (1 / 255)],
  ])('%s', (formula, value) => {
    expect(valueAt(readFormula(formula), 7)).toBe(value)
  })

  it('works numbers that stand together out', () => {
    expect(readFormula('x * (1 / 4 - -1)')).toEqual({
      kind: 'multiply',
      left: { kind: 'x' },
      right: { kind: 'number', value: 1.25 },
    })
  })

  it.each([
    ['', 0, /^It ends where x, a number or \( is expected\.$/],
    ['   ', 3, /It ends where/],
    ['x /', 3, /^It ends where x, a number or \( is expected, at character 4 of the formula\.$/],
    ['x / / 2', 4, /“\/” stands where x, a number or \( is expected/],
    ['x ** 2', 3, /“\*” stands where/],
    ['2x', 1, /“x” stands where \+, -, \* or \/ is expected/],
    ['x 255', 2, /“255” stands/],
    ['(x - 1', 6, /It ends where \) is expected/],
    ['x - 1)', 5, /“\)” stands/],
    ['min(x)', 5, /“\)” stands where , is expected/],
    ['min x, 1', 4, /“x” stands where \( is expected/],
    ['x, 1', 1, /“,” stands/],
    ['y / 255', 0, /“y” is not known: what the layer gets is called x/],
    ['NaN * x', 0, /“NaN” is not known/],
    ['Infinity', 0, /“Infinity” is not known/],
    ['constructor(x)', 0, /“constructor” is not known/],
    ['x.toString()', 1, /“\.” is nothing a formula has/],
    ['x; alert(1)', 1, /“;” is nothing a formula has/],
    ['`x`', 0, /“`” is nothing/],
    ['x + 💥', 4, /“💥” is nothing/],
    ['х / 255', 0, /“х” is not known/],
    ['x + \u202e1', 4, /is nothing a formula has/],
    ['1e999 * x', 0, /The number 1e999 is too large/],
    ['1e39 + x', 0, /too large/],
    ['x + 1e30 * 1e30', 9, /The numbers become too large/],
    ['x / 0', 2, /It divides by zero/],
    ['x / (1 - 1)', 2, /It divides by zero/],
    ['x / 1e-60', 2, /It divides by zero/],
    ['1 + 2', 0, /gives the same number whatever x is/],
  ])('“%s” is refused', (formula, at, message) => {
    const failed = failure(formula)
    expect(failed.message).toMatch(message)
    expect(failed.at).toBe(at)
  })

  it.each([
    ['parentheses', `${'('.repeat(200)}x${')'.repeat(200)}`],
    ['signs', `${'-'.repeat(400)}x`],
    ['calls', `${'min(1,'.repeat(60)}x${')'.repeat(60)}`],
  ])('nested without end in %s is refused', (_, formula) => {
    expect(failure(formula).message).toMatch(/nested more than 50 deep/)
  })

  it('that is endless is refused', () => {
    expect(failure(`x${' + x'.repeat(100_000)}`).message).toMatch(/longer than 500 characters/)
  })
})
