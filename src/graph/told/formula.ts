import { badFormula } from './bad-formula'
import { tokensOf, type Token } from './tokens'

/** What a formula says, numbers that stand together worked out. */
export type Expression =
  | { readonly kind: 'x' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: Operation; readonly left: Expression; readonly right: Expression }

export type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'min' | 'max'

/** Parentheses and signs deeper than this are nobody's formula. */
const deepest = 50

/**
 * Reads a formula of x: numbers, + - * / (also × ÷), parentheses, `min(a, b, …)` and `max(a, b, …)`, in the usual order of
 * operations. It is only read, never run as code. Throws CutpointError `bad-formula`, with the place in `details.at`.
 */
export function readFormula(formula: string): Expression {
  const parser = new Parser(formula)
  const expression = parser.whole()
  if (expression.kind !== 'number') return expression
  throw badFormula(formula, 0, 'The formula gives the same number whatever x is')
}

class Parser {
  readonly #formula: string
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(formula: string) {
    this.#formula = formula
    this.#tokens = tokensOf(formula)
  }

  whole(): Expression {
    const expression = this.#sum()
    if (this.#token.kind !== 'end') throw this.#unexpected('+, -, * or /')
    return expression
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]
  }

  #sum(): Expression {
    let left = this.#product()
    for (;;) {
      const at = this.#token.at
      if (this.#takes('+')) left = this.#made('add', left, this.#product(), at)
      else if (this.#takes('-')) left = this.#made('subtract', left, this.#product(), at)
      else return left
    }
  }

  #product(): Expression {
    let left = this.#signed()
    for (;;) {
      const at = this.#token.at
      if (this.#takes('*')) left = this.#made('multiply', left, this.#signed(), at)
      else if (this.#takes('/')) left = this.#made('divide', left, this.#signed(), at)
      else return left
    }
  }

  #signed(): Expression {
    if (this.#takes('+')) return this.#deeper(() => this.#signed())
    if (!this.#takes('-')) return this.#single()
    const of = this.#deeper(() => this.#signed())
    return of.kind === 'number' ? { kind: 'number', value: -of.value } : { kind: 'negative', of }
  }

  #single(): Expression {
    const token = this.#token
    if (token.kind === 'number') {
      this.#next += 1
      return { kind: 'number', value: token.value }
    }
    if (this.#takes('(')) {
      const inside = this.#deeper(() => this.#sum())
      this.#demand(')')
      return inside
    }
    if (token.kind !== 'name') throw this.#unexpected('x, a number or (')
    this.#next += 1
    if (token.text === 'x') return { kind: 'x' }
    if (token.text === 'min' || token.text === 'max') return this.#least(token.text, token.at)
    throw badFormula(this.#formula, token.at, `“${token.text}” is not known: what the layer gets is called x`)
  }

  /** Two or more values in parentheses. */
  #least(kind: 'min' | 'max', at: number): Expression {
    this.#demand('(')
    return this.#deeper(() => {
      let least = this.#sum()
      this.#demand(',')
      do least = this.#made(kind, least, this.#sum(), at)
      while (this.#takes(','))
      this.#demand(')')
      return least
    })
  }

  #made(kind: Operation, left: Expression, right: Expression, at: number): Expression {
    if (kind === 'divide' && right.kind === 'number' && Math.fround(right.value) === 0) {
      throw badFormula(this.#formula, at, 'It divides by zero')
    }
    if (left.kind !== 'number' || right.kind !== 'number') return { kind, left, right }
    const value = combine[kind](left.value, right.value)
    if (Number.isFinite(Math.fround(value))) return { kind: 'number', value }
    throw badFormula(this.#formula, at, 'The numbers become too large')
  }

  #deeper(work: () => Expression): Expression {
    this.#depth += 1
    if (this.#depth > deepest) {
      throw badFormula(this.#formula, this.#token.at, `It is nested more than ${deepest} deep`)
    }
    const made = work()
    this.#depth -= 1
    return made
  }

  #takes(sign: string): boolean {
    const { kind, text } = this.#token
    if (kind !== 'sign' || text !== sign) return false
    this.#next += 1
    return true
  }

  #demand(sign: string): void {
    if (!this.#takes(sign)) throw this.#unexpected(sign)
  }

  #unexpected(wanted: string) {
    const { kind, text, at } = this.#token
    return badFormula(
      this.#formula,
      at,
      `${kind === 'end' ? 'It ends' : `“${text}” stands`} where ${wanted} is expected`,
    )
  }
}

const combine: Record<Operation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
}
