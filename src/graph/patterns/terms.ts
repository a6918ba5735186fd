/**
 * Formulas in one spelling, so that all the orders in which a formula can be written down compare equal: factors and
 * summands are sorted, a number (`c`) and a number per channel (`v`) stand for any value, and dividing by a number or
 * taking it away is multiplying or adding another. The data is `x`.
 */
export interface Term {
  readonly text: string
  /** The factors of a product or the summands of a sum. */
  readonly parts?: readonly string[]
  readonly kind?: 'product' | 'sum'
}

/** The tensor that goes in. */
export const x: Term = { text: 'x' }
/** A constant that is one number. */
export const number: Term = { text: 'c' }
/** A constant with a value for each channel. */
export const perChannel: Term = { text: 'v' }

/** The product of terms, in any order; products among them are flattened, and all fixed factors count as one. */
export const product = (...terms: readonly Term[]): Term => joined('product', '*', terms)
/** The sum of terms, in any order; sums among them are flattened, and all fixed summands count as one. */
export const sum = (...terms: readonly Term[]): Term => joined('sum', '+', terms)

/** A function of terms that keep their order. */
export function call(name: string, ...terms: readonly Term[]): Term {
  return { text: `${name}(${terms.map((term) => term.text).join(',')})` }
}

/** Some power of a term: the exponent is a number that is not known here. */
export const power = (term: Term): Term => call('power', term)

/** The smaller of two terms in either order; a clip if that bounds a term from both sides. */
export const minimum = (a: Term, b: Term): Term => bounded('min', a, b)
/** The larger of two terms in either order; a clip if that bounds a term from both sides. */
export const maximum = (a: Term, b: Term): Term => bounded('max', a, b)

/** Both bounds at once. */
export const clip = (term: Term): Term => call('clip', term)

function bounded(name: 'min' | 'max', a: Term, b: Term): Term {
  const [first, second] = isFixed(b) || (!isFixed(a) && b.text < a.text) ? [b, a] : [a, b]
  const other = name === 'min' ? 'max(c,' : 'min(c,'
  // A lower bound of an upper bound, in either order, is a clip.
  if (first.text === 'c' && second.text.startsWith(other)) return clip({ text: second.text.slice(other.length, -1) })
  return call(name, first, second)
}

const isFixed = (term: Term): boolean => term.text === 'c' || term.text === 'v'

function joined(kind: 'product' | 'sum', sign: string, terms: readonly Term[]): Term {
  const parts = terms.flatMap((term) => (term.kind === kind && term.parts ? term.parts : [term.text]))
  const fixed = parts.includes('v') ? ['v'] : parts.includes('c') ? ['c'] : []
  const all = [...fixed, ...parts.filter((part) => part !== 'c' && part !== 'v').sort(order)]
  return all.length === 1 ? { text: all[0] } : { kind, parts: all, text: `(${all.join(sign)})` }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Longer than the text of any formula that has a name. */
export const longest = 80
