import { badFormula } from './bad-formula'

/** A piece of a formula; `at` is where it begins, in characters from 0. */
export type Token = { readonly at: number; readonly text: string } & (
  { readonly kind: 'number'; readonly value: number } | { readonly kind: 'name' | 'sign' | 'end' }
)

/** Longer than any formula of a layer that prepares pictures. */
const mostCharacters = 500

const number = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?/i
const name = /^\p{L}[\p{L}\p{N}_]*/u

/** Other ways to write the same sign. */
const plain: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
])

/** The pieces of a formula, an end behind them. Throws CutpointError `bad-formula`. */
export function tokensOf(formula: string): readonly Token[] {
  if (formula.length > mostCharacters) {
    throw badFormula(formula, mostCharacters, `It is longer than ${mostCharacters} characters`)
  }
  const tokens: Token[] = []
  let at = 0
  while (at < formula.length) {
    const rest = formula.slice(at)
    const token = /^\s/.test(rest) ? null : tokenAt(formula, at, rest)
    if (token) tokens.push(token)
    at += token?.text.length ?? 1
  }
  return [...tokens, { kind: 'end', at, text: '' }]
}

function tokenAt(formula: string, at: number, rest: string): Token {
  const [digits] = number.exec(rest) ?? []
  if (digits !== undefined) {
    const value = Number(digits)
    // What is computed are 32-bit numbers.
    if (Number.isFinite(Math.fround(value))) return { kind: 'number', at, text: digits, value }
    throw badFormula(formula, at, `The number ${digits} is too large`)
  }
  const [word] = name.exec(rest) ?? []
  if (word !== undefined) return { kind: 'name', at, text: word }
  const sign = String.fromCodePoint(rest.codePointAt(0) ?? 0)
  const known = plain.get(sign) ?? sign
  if ('+-*/(),'.includes(known)) return { kind: 'sign', at, text: known }
  throw badFormula(formula, at, `“${sign}” is nothing a formula has`)
}
